/** Exports of a CRM that a plan names: found, counted up to its as-of day, and handed on while they are open. */
import { countHistory, type HistoryRequest } from '../engines/count-history.ts';
import { openDuckDb } from '../engines/duckdb/duckdb.ts';
import type { Engine } from '../engines/engine.ts';
import { readRecords } from '../engines/read-records.ts';
import type { CrmAsked, CrmFile, CrmHistory, CrmRead } from '../files/crm/crm.ts';
import { type FoundFile, findHistoryFiles } from '../files/history/find-files.ts';
import { grouped } from '../files/history/grouped.ts';
import type { Input } from '../files/input.ts';
import { STANDARD_INPUT, type TemporaryFile } from '../files/read.ts';
import type { HistoryEstimate } from '../history/estimate.ts';
import { estimateHistory } from '../history/estimate-history.ts';
import type { HistoryFiles } from '../history/layout.ts';
import type { PlainRecord } from '../history/plain-record.ts';
import type { Day } from '../period/day.ts';
import { addMonths, firstDay, monthOfDay } from '../period/month.ts';
import { at, hasErrors, type Parsed, type Problem } from '../problem.ts';
import { beginsLater, beginsLaterProblem, endsEarly } from './history/history-checks.ts';
import { dirtProblem, formOf, joinOrder, orderOf } from './history/history-files.ts';

const UNREAD: CrmRead = { files: [], history: null, inputs: [], problems: [] };

/** Hands on what the exports say while they are open. Errors: those of reading a history, and `engine_missing`. */
export async function withCrm<Result>(asked: CrmAsked, use: (crm: CrmRead) => Result): Promise<Result> {
  const found = findHistoryFiles(asked.named.map(({ shown }) => shown));
  if (found.value === null) return use({ ...UNREAD, problems: found.problems });
  const isNeeded = asked.isCounted || found.value.files.some(isOfEngine);
  const copies: TemporaryFile[] = [];
  let engine: Parsed<Engine> | null = null;
  try {
    engine = isNeeded ? await openDuckDb() : null;
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
  const formed: { file: FoundFile; form: HistoryFiles | null }[] = [];
  const problems: Problem[] = [];
  for (const file of found) {
    const { value: form, problems: faults } = await formOf(file, {
      ...{ engine, plan: asked, copies },
      decimal: asked.decimal,
    });
    // what tells no time may still hold deals
    const isOther = faults.every(({ code }) => code === 'history_columns_unknown');
    if (isOther) formed.push({ file, form });
    else problems.push(...faults);
  }
  const forms = formed.flatMap(({ form }) => form ?? []);
  const isCounted = engine !== null && forms.length > 0 && !hasErrors(problems);
  const shown = found[0]?.path ?? null;
  const history = isCounted ? await historyOf(forms, { asked, engine, shown }) : NOT_COUNTED;
  const files: CrmFile[] = [];
  for (const { file, form } of formed) {
    const records = await recordsOf(file, form, { asked, engine, estimate: history.value?.estimate ?? null });
    problems.push(...records.problems);
    files.push(crmFile(file, form, { asked, records: records.value }));
  }
  return { files, history: history.value, problems: [...problems, ...history.problems] };
}

const NOT_COUNTED: Parsed<CrmHistory> = { value: null, problems: [] };

/** No larger than what can be held as rows of text. */
const LARGEST_SHEET = 16_000_000;

interface RecordsAsked extends Pick<Reading, 'asked' | 'engine'> {
  /** What was measured; null where nothing was. */
  readonly estimate: HistoryEstimate | null;
}

/** Records one by one of what can be no sheet: other kinds of files, logs of changes, and large ones. */
async function recordsOf(
  file: FoundFile,
  form: HistoryFiles | null,
  { asked, engine, estimate }: RecordsAsked,
): Promise<Parsed<PlainRecord[]>> {
  const isSheet =
    !isOfEngine(file) && form?.layout.shape !== 'changes' && (form?.bytes ?? 0) <= LARGEST_SHEET;
  if (isSheet || form === null || engine === null) return { value: null, problems: [] };
  const { stages, asOf, since, meaning, dateOrder, isMeasured } = asked;
  return await readRecords(engine, {
    ...{ files: form, stages, asOf, since, meaning },
    aliveSince: isMeasured && estimate !== null ? aliveSince(estimate) : EVER,
    orderOf: (texts) => orderOf(texts, dateOrder, file.path),
  });
}

/** Earlier than any record. */
const EVER = -100_000 as Day;

/** Records that came before it waited longer than any record that went on, at every stage. */
function aliveSince({ curves, asOf }: HistoryEstimate): Day {
  const steps = curves.filter(({ from, to, source }) => source === null && to === from + 1);
  const months = steps.reduce((sum, { byMonth }) => sum + byMonth.length, 1);
  return firstDay(addMonths(monthOfDay(asOf), -months));
}

function crmFile(
  file: FoundFile,
  form: HistoryFiles | null,
  { asked, records }: { readonly asked: CrmAsked; readonly records: CrmFile['records'] },
): CrmFile {
  const { path: shown, opened, name } = file;
  return {
    ...{ path: writtenPath(shown, asked.named) ?? name, shown, opened, records },
    isSheet: records === null && !isOfEngine(file),
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
  const request: HistoryRequest = {
    ...joinOrder(grouped(forms), stages),
    stages,
    asOf,
    logFrom: null,
    timezone: 'UTC',
    meaning,
    orderOf: (texts) => orderOf(texts, dateOrder, shown),
  };
  const countOn = (day: Day | null) => countHistory(engine, { ...request, asOf: day });
  const tallies = await countOn(asOf);
  if (tallies.value === null) return { value: null, problems: tallies.problems };
  const estimate = estimateHistory(tallies.value);
  if (asOf !== null && asked.isMeasured && beginsLater(tallies.value))
    return { value: null, problems: [{ ...beginsLaterProblem(asOf, null), where: at(shown) }] };
  const dirt = tallies.value.dirt.map((kind) => dirtProblem(kind, strict ? 'error' : 'warning'));
  const ended = asked.isMeasured ? await endsEarly(tallies.value, countOn) : [];
  const problems = [...tallies.problems, ...ended, ...dirt, ...estimate.problems.filter(isOfGoals)].map(
    (problem) => (problem.where.file === null ? { ...problem, where: at(shown) } : problem),
  );
  return { value: { estimate, units: tallies.value.units }, problems };
}

/** Where the log starts is how rates come about, which `leadgoal rates` shows; the others are about what to trust. */
function isOfGoals({ code }: Problem): boolean {
  return code !== 'history_log_late';
}
