/** Rows of coverage and deals by the keys of the formats: amounts in major units, ratios to four decimals. */
import type { Change } from '../../coverage/changes/changes.ts';
import type { Movement } from '../../coverage/changes/movement.ts';
import type { Move } from '../../coverage/changes/moves.ts';
import type { Check } from '../../coverage/checks.ts';
import type { Coverage, CoverageKey, CoverageRow, OpenDeal } from '../../coverage/coverage.ts';
import { MEASURES, type MeasureName } from '../../coverage/measures.ts';
import { formatDay } from '../../period/day.ts';
import { decimals, majorUnits } from '../json-document.ts';

const ratio = (value: number | null): number | null => (value === null ? null : decimals(value));

/** Whose row it is. */
export function keyRow({ level, team, rep, repId, territory }: CoverageKey) {
  return { level, team, rep, rep_id: repId, territory };
}

export function coverageRow(row: CoverageRow): Readonly<Record<string, unknown>> {
  const { period } = row;
  const written: Record<string, unknown> = {
    ...keyRow(row),
    period: period.label,
    period_start: period.start,
    period_end: period.end,
  };
  for (const name of MEASURE_NAMES) written[name] = MEASURES[name](row);
  written.status = row.status;
  return written;
}

const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

export function dealRow(deal: OpenDeal, { model }: Coverage): Readonly<Record<string, unknown>> {
  const { record, key } = deal;
  return {
    id: record.id,
    level: key.level,
    name: record.name,
    account: record.account,
    rep: key.territory === null ? (record.rep?.name ?? null) : null,
    rep_id: key.territory === null ? (record.rep?.id ?? null) : null,
    crm_owner: record.owner,
    territory: key.territory,
    team: key.team,
    source: record.source,
    stage: model.stages[record.stage]!,
    crm_stage: record.crmStage,
    amount: majorUnits(record.amount),
    close_date: record.closeDate === null ? null : formatDay(record.closeDate),
    age_days: deal.ageDays,
    chance: ratio(deal.chance),
    expected: deal.expected === null ? null : majorUnits(deal.expected),
    stale: deal.isStale,
    overdue: deal.isOverdue,
  };
}

/** How open moved and the measures changed since an earlier coverage. Won, lost, slipped and removed are taken off. */
export function changeRow({ key, period, movement, changes }: Change): Readonly<Record<string, unknown>> {
  const amount = (of: keyof Movement) => majorUnits(movement === null ? null : movement[of]);
  const changed = Object.entries(changes).map(([name, change]) => [`${name}_change`, change] as const);
  return {
    ...keyRow(key),
    period: period.label,
    open_before: amount('before'),
    new: amount('fresh'),
    won: amount('won'),
    lost: amount('lost'),
    slipped: amount('slipped'),
    pulled_in: amount('pulledIn'),
    reassigned: amount('reassigned'),
    removed: amount('removed'),
    amounts: amount('amounts'),
    open: amount('open'),
    ...Object.fromEntries(changed),
  };
}

export function moveRow(move: Move): Readonly<Record<string, unknown>> {
  const { id, name, account, rep, team, what, before, after, closeDate } = move;
  const close_date = closeDate === null ? null : formatDay(closeDate);
  return {
    id,
    name,
    account,
    rep,
    team,
    what: what.replace(' ', '_'),
    amount_before: majorUnits(before),
    amount: majorUnits(after),
    close_date,
  };
}

export function checkRow(check: Check): Readonly<Record<string, unknown>> {
  const { key, period, measure, actual, operator, limit, status } = check;
  return {
    ...keyRow(key),
    period,
    measure,
    actual,
    operator,
    limit,
    limit_measure: check.limitMeasure,
    limit_is_share: check.isShare,
    status,
  };
}

/** Columns of a file of rows, in the order of `coverageRow`. */
export const COVERAGE_COLUMNS: readonly string[] = [
  'level',
  'team',
  'rep',
  'rep_id',
  'territory',
  'period',
  'period_start',
  'period_end',
  ...MEASURE_NAMES,
  'status',
];

/** Columns of a file of deals, in the order of `dealRow`. */
export const DEAL_COLUMNS: readonly string[] = [
  'id',
  'level',
  'name',
  'account',
  'rep',
  'rep_id',
  'crm_owner',
  'territory',
  'team',
  'source',
  'stage',
  'crm_stage',
  'amount',
  'close_date',
  'age_days',
  'chance',
  'expected',
  'stale',
  'overdue',
];
