/** The pipeline file: records of the CRM, open and closed. Its faults are warnings: counted, never averaged in. */
import type { Day } from '../period/day.ts';
import type { Pipeline, PipelineRecord } from '../plan/model.ts';
import { at, type Problem } from '../problem.ts';
import { dayColumn, hasFault, isTwice, withoutAge } from './pipeline-faults.ts';
import { ownedBy } from './pipeline-owners.ts';
import { type Dated, type PipelineContext, type Reading, readingOf } from './pipeline-reading.ts';
import type { Row } from './sheet/records.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

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
  const reading = readingOf(sheet, context);
  const { read } = reading;
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
  // every key by its name: objects put together by spreading take several times as long, here and wherever they are read
  const { stage, outcome, crmStage } = meant;
  if (outcome !== 'open') reading.found.closed = true;
  const since = read.day(row, 'stage_since');
  const closeDate = read.day(row, dayColumn(reading, row, outcome));
  const created = read.day(row, 'created');
  const name = read.text(row, 'name');
  const account = read.text(row, 'account');
  const dated = { stage, outcome, amount, since, closeDate, created };
  const isFaulty = read.problems.length > faultsBefore || hasFault(reading, row, dated);
  const whose = isFaulty ? null : ownedBy(reading, row, dated);
  if (whose === null) {
    if (outcome !== 'lost') leaveOut(reading, amount);
    return null;
  }
  return {
    id,
    name,
    account,
    owner: whose.owner,
    rep: whose.rep,
    team: whose.team,
    source: whose.source,
    outcome,
    stage,
    crmStage,
    amount,
    since: entered(reading, dated),
    closeDate,
    where: at(reading.sheet.file, row.line),
  };
}

function leaveOut({ leftOut }: Reading, amount: number | null): void {
  leftOut.count += 1;
  leftOut.amount += Math.max(0, amount ?? 0);
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

/**
 * The day a record came to its stage: the first entry, which a change between two names of ours would hide. The day
 * it was created says so only of the stage in which records of the file begin.
 */
function entered({ stagesOf }: Reading, { stage, outcome, since, created }: Dated): Day | null {
  const begins = stagesOf.beginsIn(stage);
  if (since === null) return outcome === 'open' && !begins ? null : created;
  return created !== null && created < since && begins && stagesOf.hasSeveral(stage) ? created : since;
}
