/** The pipeline file: records of the CRM, open and closed. Its faults are warnings: counted, never averaged in. */
import { type Day, formatDay } from '../period/day.ts';
import { monthOfDay } from '../period/month.ts';
import type { Pipeline, PipelineRecord } from '../plan/model.ts';
import { at, type Problem, type ProblemArguments, type ProblemCode } from '../problem.ts';
import type { Rep } from '../quota/rep.ts';
import type { CurrencyWatch } from './currency-watch.ts';
import { isKnownRep, isKnownTeam, type Names, personMeant, teamNamed } from './names.ts';
import { type Named, namesLeftOut } from './pipeline-names.ts';
import { type RowStages, stagesOfRows } from './pipeline-stages.ts';
import type { Row } from './sheet/records.ts';
import { type CellReader, cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';
import type { StageWords } from './stage-words.ts';

export const PIPELINE_COLUMNS: readonly WantedColumn[] = [
  { name: 'id', holds: 'text', required: false },
  { name: 'name', holds: 'text', required: false },
  { name: 'account', holds: 'text', required: false },
  { name: 'rep', holds: 'text', required: false },
  { name: 'rep_id', holds: 'text', required: false },
  { name: 'team', holds: 'text', required: false },
  { name: 'source', holds: 'text', required: false },
  { name: 'stage', holds: 'text', required: true },
  { name: 'amount', holds: 'number', required: false },
  { name: 'currency', holds: 'text', required: false },
  { name: 'stage_since', holds: 'date', required: false },
  { name: 'close_date', holds: 'date', required: false },
  { name: 'won_date', holds: 'date', required: false },
  { name: 'created', holds: 'date', required: false },
  { name: 'is_won', holds: 'text', required: false },
  { name: 'is_closed', holds: 'text', required: false },
];

export interface PipelineContext {
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
  readonly stages: readonly string[];
  readonly words: StageWords;
  readonly currency: CurrencyWatch;
  readonly asOf: Day | null;
  readonly unit: 'money' | 'deals';
  /** Whether chances depend on how long a record has been where it is. */
  readonly needsAge: boolean;
}

/** Whose and where from, by the texts of the file: the same text is looked up once. */
interface Reading extends PipelineContext {
  readonly sheet: Sheet;
  readonly read: CellReader;
  readonly problems: Problem[];
  readonly stagesOf: RowStages;
  readonly named: Named;
  readonly seen: Map<string, number>;
  /** People found, by the texts, the team and the month they were looked up by. */
  readonly people: Map<string, { readonly rep: Rep; readonly team: string | null }>;
  readonly leftOut: { count: number; amount: number };
  /** Whether any row is closed, left out or not. */
  readonly found: { closed: boolean };
  /** For lost records, which are in no number: whose they were needs no telling. */
  readonly silent: { readonly named: Named; readonly problems: Problem[] };
}

/** A deal, where quotas count deals. */
const ONE_DEAL = 100;

/**
 * Warnings (errors with `--strict`): `pipeline_stage_unknown`, `pipeline_stages_unsaid`, `pipeline_rep_unknown`,
 * `pipeline_source_unknown`, `pipeline_twice`, `pipeline_amount_empty`, `pipeline_amount_negative`,
 * `pipeline_after_as_of`, `pipeline_closed_without_date`, `pipeline_age_unknown`, and the faults of cells.
 */
export function parsePipeline(
  sheet: Sheet,
  context: PipelineContext,
): { pipeline: Pipeline; problems: Problem[] } {
  const read = cellReader(sheet);
  const reading: Reading = {
    ...context,
    sheet,
    read,
    problems: [],
    stagesOf: stagesOfRows(sheet, read, context),
    named: namesLeftOut(),
    seen: new Map(),
    people: new Map(),
    leftOut: { count: 0, amount: 0 },
    found: { closed: false },
    silent: { named: namesLeftOut(), problems: [] },
  };
  context.currency.header(sheet, ['amount']);
  const records: PipelineRecord[] = [];
  for (const row of sheet.rows) {
    const record = recordOf(reading, row);
    if (record !== null && !isTwice(reading, row, { record, records })) records.push(record);
  }
  const money = { unit: context.unit, currency: context.currency.currency ?? '' };
  const grouped = [
    ...reading.stagesOf.problems(),
    ...reading.named.problems(read),
    ...(context.needsAge ? withoutAge(sheet, records) : []),
  ];
  return {
    pipeline: {
      records,
      knowsClosed: reading.found.closed,
      leftOut: reading.leftOut,
    },
    problems: [
      ...reading.problems,
      ...grouped.map((problem) => ({ ...problem, arguments: { ...problem.arguments, ...money } })),
      ...read.problems,
    ],
  };
}

/** Open records of which nobody knows since when they are where they are: one warning for all. */
function withoutAge(sheet: Sheet, records: readonly PipelineRecord[]): Problem[] {
  const ageless = records.filter(({ outcome, since }) => outcome === 'open' && since === null);
  if (ageless.length === 0) return [];
  const args = { count: ageless.length };
  return [
    { code: 'pipeline_age_unknown', severity: sheet.rowFaults, where: ageless[0]!.where, arguments: args },
  ];
}

/** One row; null, with a problem, where a fault keeps it out of the plan. */
function recordOf(reading: Reading, row: Row): PipelineRecord | null {
  const { read, stagesOf } = reading;
  const faultsBefore = read.problems.length;
  const amount = amountOf(reading, row);
  const meant = stagesOf.of(row);
  const id = read.text(row, 'id');
  if (meant === null) {
    leaveOut(reading, amount);
    stagesOf.unknown(row, amount ?? 0);
    return null;
  }
  const { stage, outcome, crmStage } = meant;
  if (outcome !== 'open') reading.found.closed = true;
  const since = read.day(row, 'stage_since');
  const closeDate = read.day(row, dayColumn(reading, row, outcome));
  const created = read.day(row, 'created');
  const name = read.text(row, 'name');
  const account = read.text(row, 'account');
  const dated = { stage, outcome, amount, since, closeDate, created };
  const isFaulty = read.problems.length > faultsBefore || hasFault(reading, row, dated);
  // Lost records are in no number: whose they were, and where from, needs no telling.
  const naming = outcome === 'lost' ? { ...reading, ...reading.silent } : reading;
  const found = isFaulty ? null : whoseIs(naming, row, dated);
  // a lost one stays, so that what was open is known to be lost
  const whose = found ?? (outcome === 'lost' && !isFaulty ? NOBODYS : null);
  if (whose === null) {
    if (outcome !== 'lost') leaveOut(reading, amount);
    return null;
  }
  return {
    id,
    name,
    account,
    rep: whose.rep,
    team: whose.team,
    owner: read.text(row, 'rep'),
    source: sourceOf(naming, row, amount),
    outcome,
    stage,
    crmStage,
    amount,
    since: entered(reading, dated),
    closeDate,
    where: at(reading.sheet.file, row.line),
  };
}

const NOBODYS = { rep: null, team: null };

function leaveOut({ leftOut }: Reading, amount: number | null): void {
  leftOut.count += 1;
  leftOut.amount += Math.max(0, amount ?? 0);
}

/** Where the day stands on which a record closed, or is to: some CRMs keep the day it was to beside the day it did. */
function dayColumn({ read }: Reading, row: Row, outcome: PipelineRecord['outcome']): string {
  return outcome === 'won' && !read.isMissing(row, 'won_date') ? 'won_date' : 'close_date';
}

/** Minor units; a deal is a deal where quotas count deals. Null where the cell is empty or faulty. */
function amountOf({ read, currency, sheet, unit }: Reading, row: Row): number | null {
  const amount = read.amount(row, 'amount');
  if (amount !== null) {
    currency.cell(amount.written, at(sheet.file, row.line));
    currency.column(read, row);
  }
  if (unit === 'deals') return ONE_DEAL;
  return amount === null ? null : Math.round(amount.value * 100);
}

interface Among {
  readonly record: PipelineRecord;
  readonly records: PipelineRecord[];
}

/** A second record of the same id is left out; where it is closed and the first is open, it takes its place. */
function isTwice({ read, seen, problems }: Reading, row: Row, { record, records }: Among): boolean {
  if (record.id === null) return false;
  const before = seen.get(record.id);
  if (before === undefined) {
    seen.set(record.id, records.length);
    return false;
  }
  const first = records[before]!;
  const line = first.where.line ?? 0;
  const isLater = first.outcome === 'open' && record.outcome !== 'open';
  problems.push(read.problemAt(row, 'id', { code: 'pipeline_twice', arguments: { id: record.id, line } }));
  if (isLater) records[before] = record;
  return true;
}

interface Dated extends Pick<PipelineRecord, 'stage' | 'outcome' | 'amount' | 'since' | 'closeDate'> {
  readonly created: Day | null;
}

/** Whether what the row says cannot be, or cannot be known on the as-of day. */
function hasFault(reading: Reading, row: Row, dated: Dated): boolean {
  const { read, problems, asOf, stages } = reading;
  const { outcome, stage, amount, since, closeDate, created } = dated;
  const fault = (column: string, code: ProblemCode, args: ProblemArguments = {}) => {
    problems.push(read.problemAt(row, column, { code, arguments: args }));
    return true;
  };
  if (outcome === 'lost') return false;
  if (amount !== null && amount < 0) return fault('amount', 'pipeline_amount_negative');
  if (outcome === 'won' && closeDate === null) return fault('close_date', 'pipeline_closed_without_date');
  const isDeal = outcome === 'won' || stage === stages.length - 2 || closeDate !== null;
  if (amount === null && isDeal)
    return fault('amount', 'pipeline_amount_empty', { column: columnOf(reading, 'amount') });
  if (asOf === null) return false;
  const known = outcome === 'won' ? closeDate : latest(created, since);
  if (known === null || known <= asOf) return false;
  const column =
    outcome === 'won' ? dayColumn(reading, row, outcome) : known === since ? 'stage_since' : 'created';
  return fault(column, 'pipeline_after_as_of', {
    what: column,
    day: formatDay(known),
    as_of: formatDay(asOf),
  });
}

/** The header of a column; empty where the file has none. */
function columnOf({ sheet }: Reading, name: string): string {
  return sheet.columns.find((column) => column.name === name)?.header ?? '';
}

function latest(first: Day | null, second: Day | null): Day | null {
  return first === null || (second !== null && second > first) ? second : first;
}

/**
 * The day a record came to its stage: the first entry, which a change between two names of ours would hide. The day
 * it was created says so only of the stage in which records of the file begin.
 */
function entered({ stagesOf }: Reading, { stage, outcome, since, created }: Dated): Day | null {
  const begins = stagesOf.beginsIn(stage);
  if (since === null) return outcome === 'open' && !begins ? null : created;
  return created !== null && created < since && begins && stagesOf.hasSeveral(stage) ? created : since;
}

/** The plan's spelling of a source; one it does not know is of no source, and is said once. */
function sourceOf({ read, sources, named }: Reading, row: Row, amount: number | null): string | null {
  const text = read.text(row, 'source');
  if (text === null || sources.length === 0) return null;
  const known = sources.find((source) => source.toLowerCase() === text.toLowerCase());
  if (known === undefined) named.add('pipeline_source_unknown', { text, row, column: 'source', amount });
  return known ?? null;
}

/** Whose a record is; null where the plan knows neither its owner nor a team it names. */
function whoseIs(
  reading: Reading,
  row: Row,
  { outcome, closeDate, amount }: Pick<PipelineRecord, 'outcome' | 'closeDate' | 'amount'>,
): { rep: Rep | null; team: string | null } | null {
  const { read, names, named, asOf } = reading;
  const idText = read.text(row, 'rep_id');
  const repText = read.text(row, 'rep');
  const teamText = read.text(row, 'team');
  const then = outcome === 'won' ? closeDate : asOf;
  const month = then === null ? null : monthOfDay(then);
  const key = `${idText ?? ''}\u0000${repText ?? ''}\u0000${teamText ?? ''}\u0000${month ?? ''}`;
  const known = reading.people.get(key);
  if (known !== undefined) return known;
  const texts = [idText, repText].filter((text) => text !== null);
  const team = teamText !== null && isKnownTeam(names, teamText) ? teamNamed(names, teamText) : null;
  const text = texts.find((name) => isKnownRep(names, name));
  if (text === undefined)
    return withoutRep(reading, row, { text: texts.at(-1) ?? null, team, teamText, amount });
  const months = month === null ? null : { first: month, last: month };
  const where = read.placeOf(row, 'rep');
  const { rep, problem } = personMeant(names, { text, team, where, months });
  if (rep !== null) {
    const found = { rep, team: rep.team };
    reading.people.set(key, found);
    return found;
  }
  if (team !== null) return { rep: null, team };
  if (problem !== null) reading.problems.push({ ...problem, severity: reading.sheet.rowFaults });
  else named.add('pipeline_rep_unknown', { text, row, column: 'rep', amount });
  return null;
}

/** A record whose owner the plan does not know: its team's; the company's where the plan knows nobody. */
function withoutRep(
  { names, named }: Reading,
  row: Row,
  of: { text: string | null; team: string | null; teamText: string | null; amount: number | null },
): { rep: null; team: string | null } | null {
  const { text, team, teamText, amount } = of;
  if (team !== null) {
    if (text !== null && names.reps.size > 0)
      named.add('pipeline_rep_without_quota', { text, row, column: 'rep', amount, team });
    return { rep: null, team };
  }
  if (names.reps.size === 0 && names.teams.size === 0) return { rep: null, team: null };
  const [column, name] = text === null ? ['team', teamText ?? ''] : ['rep', text];
  named.add('pipeline_rep_unknown', { text: name, row, column, amount });
  return null;
}
