/** Plans with `crm:`: the exports are found and counted in between reading the quotas and reading all else. */
import { countHistory } from '../engines/count-history.ts';
import { openDuckDb } from '../engines/duckdb.ts';
import type { Engine } from '../engines/engine.ts';
import type { CrmAsked, CrmFile, CrmHistory, CrmRead } from '../files/crm/crm.ts';
import { type FoundFile, findHistoryFiles } from '../files/history/find-files.ts';
import { grouped } from '../files/history/grouped.ts';
import type { Input } from '../files/input.ts';
import { beginPlan, finishPlan, type loadPlan } from '../files/load-plan.ts';
import type { PlanRequest } from '../files/plan-request.ts';
import { STANDARD_INPUT, type TemporaryFile } from '../files/read.ts';
import { estimateHistory } from '../history/estimate-history.ts';
import type { HistoryFiles } from '../history/layout.ts';
import { at, hasErrors, type Parsed, type Problem } from '../problem.ts';
import { dirtProblem, formOf, joinOrder, orderOf } from './history-files.ts';

type Loaded = ReturnType<typeof loadPlan>;

/** The plan that was asked for. Errors: those of `loadPlan`, of reading a history, and `engine_missing`. */
export async function loadRequested(request: PlanRequest): Promise<Loaded> {
  const begun = beginPlan(request);
  if (begun.value === null) return { value: null, problems: begun.problems, reports: [] };
  const plan = begun.value;
  if (plan.crm === null) return finishPlan(plan, null);
  return await withCrm(plan.crm, (crm) => finishPlan(plan, crm));
}

const UNREAD: CrmRead = { files: [], history: null, inputs: [], problems: [] };

/** Hands on what the exports say while they are open. */
async function withCrm(asked: CrmAsked, use: (crm: CrmRead) => Loaded): Promise<Loaded> {
  const found = findHistoryFiles(asked.named.map(({ shown }) => shown));
  if (found.value === null) return use({ ...UNREAD, problems: found.problems });
  const opened = asked.isCounted || found.value.files.some(({ kind }) => kind !== 'csv');
  const engine = opened ? await openDuckDb() : null;
  const copies: TemporaryFile[] = [];
  try {
    const inputs = found.value.inputs.map((input) => inputOf(input, asked));
    if (engine?.value === null) return use({ ...UNREAD, inputs, problems: engine.problems });
    const read = await readExports(found.value.files, { asked, engine: engine?.value ?? null, copies });
    return use({ ...read, inputs });
  } finally {
    engine?.value?.close();
    found.value.close();
    for (const copy of copies) copy.remove();
  }
}

/** By the name the plan gives it; what came by standard input is gone when hashes are asked for. */
function inputOf(input: Input, { named }: CrmAsked): Input {
  const path = writtenPath(input.shown, named) ?? input.path;
  if (input.shown !== STANDARD_INPUT) return { ...input, path };
  const hash = input.sha256();
  return { ...input, path, sha256: () => hash };
}

function writtenPath(shown: string, named: CrmAsked['named']): string | undefined {
  return named.find((file) => file.shown === shown)?.path;
}

interface Reading {
  readonly asked: CrmAsked;
  /** Null where nothing is to be counted. */
  readonly engine: Engine | null;
  readonly copies: TemporaryFile[];
}

async function readExports(
  found: readonly FoundFile[],
  { asked, engine, copies }: Reading,
): Promise<Omit<CrmRead, 'inputs'>> {
  const files: CrmFile[] = [];
  const forms: HistoryFiles[] = [];
  const problems: Problem[] = [];
  for (const file of found) {
    const form = await formOf(file, { engine, plan: asked, copies });
    if (form.value !== null) forms.push(form.value);
    // what tells no time may still hold deals
    const isOther = form.problems.every(({ code }) => code === 'history_columns_unknown');
    if (!isOther) problems.push(...form.problems);
    else files.push(crmFile(file, form.value, asked));
  }
  if (engine === null || forms.length === 0 || hasErrors(problems)) return { files, history: null, problems };
  const history = await historyOf(forms, { asked, engine, shown: files[0]?.shown ?? null });
  return { files, history: history.value, problems: [...problems, ...history.problems] };
}

function crmFile(file: FoundFile, form: HistoryFiles | null, { named }: CrmAsked): CrmFile {
  const { path: shown, opened, kind, name } = file;
  return {
    path: writtenPath(shown, named) ?? name,
    shown,
    opened,
    isSheet: kind === 'csv' && !/\.gz$/i.test(opened),
    headers: form?.headers ?? [],
    layout: form?.layout ?? null,
  };
}

interface Counting {
  readonly asked: CrmAsked;
  readonly engine: Engine;
  readonly shown: string | null;
}

/** The estimate, with its warnings and those of dirty records, errors with `--strict`. */
async function historyOf(
  forms: readonly HistoryFiles[],
  { asked, engine, shown }: Counting,
): Promise<Parsed<CrmHistory>> {
  const { stages, asOf, meaning, dateOrder, strict } = asked;
  const tallies = await countHistory(engine, {
    ...joinOrder(grouped(forms), stages),
    stages,
    asOf,
    logFrom: null,
    timezone: 'UTC',
    meaning,
    orderOf: (texts) => orderOf(texts, dateOrder, shown),
  });
  if (tallies.value === null) return tallies;
  const estimate = estimateHistory(tallies.value);
  const dirt = tallies.value.dirt.map((kind) => dirtProblem(kind, strict ? 'error' : 'warning'));
  const problems = [...tallies.problems, ...dirt, ...estimate.problems].map((problem) =>
    problem.where.file === null ? { ...problem, where: at(shown) } : problem,
  );
  return { value: { estimate, units: tallies.value.units }, problems };
}
