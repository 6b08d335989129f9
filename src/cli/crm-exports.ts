/** Exports of a CRM that a plan names: found, counted up to its as-of day, and handed on while they are open. */
import { countHistory } from '../engines/count-history.ts';
import { openDuckDb } from '../engines/duckdb.ts';
import type { Engine } from '../engines/engine.ts';
import { readRecords } from '../engines/read-records.ts';
import type { CrmAsked, CrmFile, CrmHistory, CrmRead } from '../files/crm/crm.ts';
import { type FoundFile, findHistoryFiles } from '../files/history/find-files.ts';
import { grouped } from '../files/history/grouped.ts';
import type { Input } from '../files/input.ts';
import { STANDARD_INPUT, type TemporaryFile } from '../files/read.ts';
import { estimateHistory } from '../history/estimate-history.ts';
import type { HistoryFiles } from '../history/layout.ts';
import { at, hasErrors, type Parsed, type Problem } from '../problem.ts';
import { dirtProblem, formOf, joinOrder, orderOf } from './history-files.ts';

const UNREAD: CrmRead = { files: [], history: null, inputs: [], problems: [] };

/** Hands on what the exports say while they are open. Errors: those of reading a history, and `engine_missing`. */
export async function withCrm<Result>(asked: CrmAsked, use: (crm: CrmRead) => Result): Promise<Result> {
  const found = findHistoryFiles(asked.named.map(({ shown }) => shown));
  if (found.value === null) return use({ ...UNREAD, problems: found.problems });
  const isNeeded = asked.isCounted || found.value.files.some(isOfEngine);
  const engine = isNeeded ? await openDuckDb() : null;
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

/** Whether only an engine can read it. */
function isOfEngine({ kind, opened }: FoundFile): boolean {
  return kind !== 'csv' || /\.gz$/i.test(opened);
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
    else files.push(await crmFile(file, form.value, { asked, engine, problems }));
  }
  if (engine === null || forms.length === 0 || hasErrors(problems)) return { files, history: null, problems };
  const history = await historyOf(forms, { asked, engine, shown: files[0]?.shown ?? null });
  return { files, history: history.value, problems: [...problems, ...history.problems] };
}

/** No larger than what can be held as rows of text. */
const LARGEST_SHEET = 64_000_000;

async function crmFile(
  file: FoundFile,
  form: HistoryFiles | null,
  { asked, engine, problems }: Pick<Reading, 'asked' | 'engine'> & { readonly problems: Problem[] },
): Promise<CrmFile> {
  const { path: shown, opened, name } = file;
  const isRows = form?.layout.shape !== 'changes' && (form?.bytes ?? 0) <= LARGEST_SHEET;
  const isSheet = !isOfEngine(file) && (engine === null || isRows);
  const { stages, asOf, since, meaning } = asked;
  let records: CrmFile['records'] = null;
  if (!isSheet && form !== null && engine !== null) {
    const order = (texts: readonly string[]) => orderOf(texts, asked.dateOrder, shown);
    const request = { files: form, stages, asOf, since, meaning, orderOf: order };
    const read = await readRecords(engine, request);
    problems.push(...read.problems);
    records = read.value;
  }
  return {
    ...{ path: writtenPath(shown, asked.named) ?? name, shown, opened, isSheet, records },
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
  if (tallies.value === null) return { value: null, problems: tallies.problems };
  const estimate = estimateHistory(tallies.value);
  const dirt = tallies.value.dirt.map((kind) => dirtProblem(kind, strict ? 'error' : 'warning'));
  const problems = [...tallies.problems, ...dirt, ...estimate.problems.filter(isOfGoals)].map((problem) =>
    problem.where.file === null ? { ...problem, where: at(shown) } : problem,
  );
  return { value: { estimate, units: tallies.value.units }, problems };
}

/** Where the log starts is how rates come about, which `leadgoal rates` shows; the others are about what to trust. */
function isOfGoals({ code }: Problem): boolean {
  return code !== 'history_log_late';
}
