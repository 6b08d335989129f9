/** A history's header → which column says what: a date per stage, a stage change a row, or a deal a row. */
import type { HistoryLayout, HistoryShape } from '../../history/layout.ts';
import { changesIn } from './change-columns.ts';
import { type ColumnsKnown, NO_COLUMNS, placesOf } from './columns-known.ts';
import { lostColumns, stageDatesIn } from './stage-columns.ts';

/** Columns of records and deals. */
const WANTED = [
  'id',
  'rep',
  'rep_id',
  'team',
  'source',
  'amount',
  'stage',
  'stage_since',
  'close_date',
  'won_date',
  'created',
  'is_won',
  'is_closed',
  'lost_at',
  'lost',
  'link',
] as const;

/** Null where the header is of no history: fewer than two days to tell a lag from. */
export function historyLayout(headers: readonly string[], known: ColumnsKnown): HistoryLayout | null {
  // A tool that copies a CRM writes its own prefix before each property.
  const names = headers.map((header) => header.replace(/^propert(?:y|ies)_/i, ''));
  const dates = stageDatesIn(names, known);
  const changes = changesIn(names, known);
  const dated = dates.filter((columns) => columns.length > 0).length;
  if (changes !== null && dated < 2 && changes.isLog) return changes.layout;
  const layout = recordsIn(names, { ...known, dates });
  if (layout !== null) return layout;
  return changes === null ? null : changes.layout;
}

function recordsIn(
  headers: readonly string[],
  known: ColumnsKnown & { readonly dates: readonly (readonly number[])[] },
): HistoryLayout | null {
  const { dates, mapping, stages } = known;
  const taken = new Set(dates.flat());
  const free = headers.map((header, index) => (taken.has(index) ? '' : header));
  const at = placesOf(free, WANTED, mapping);
  const place = (name: string): number | null => at[name] ?? null;
  const lost = lostColumns(headers, { known, taken });
  if (at.lost !== undefined && known.holdsDates(at.lost) && !lost.includes(at.lost)) lost.push(at.lost);
  const closed = place('won_date') ?? place('close_date');
  const tells = at.stage !== undefined || at.is_won !== undefined;
  const hasOnlyEnd = dates.slice(0, -1).every((columns) => columns.length === 0) && at.created !== undefined;
  const shape: HistoryShape = tells && (closed !== null || hasOnlyEnd) ? 'deals' : 'records';
  const stageDates = dates.map((columns) => [...columns]);
  if (shape === 'records') {
    if (stageDates[0]?.length === 0 && at.created !== undefined) stageDates[0] = [at.created];
    if (stageDates.at(-1)?.length === 0 && closed !== null) stageDates[stages.length - 1] = [closed];
  }
  const isEnough =
    shape === 'deals'
      ? at.created !== undefined || dates.some((columns) => columns.length > 0)
      : stageDates.filter((columns) => columns.length > 0).length >= 2;
  // A file of one stage's dates may still be joined to another.
  const hasOne = stageDates.some((columns) => columns.length > 0) && at.id !== undefined;
  if (!isEnough && !hasOne) return null;
  return {
    ...NO_COLUMNS,
    shape,
    id: place('id'),
    rep: place('rep') ?? place('rep_id'),
    team: place('team'),
    source: place('source'),
    amount: place('amount'),
    stageDates,
    lost,
    created: shape === 'deals' ? place('created') : null,
    stage: place('stage'),
    entered: place('stage_since'),
    closed: shape === 'deals' ? closed : null,
    isWon: place('is_won'),
    isClosed: place('is_closed'),
    lostAt: place('lost_at'),
    link: place('link'),
  };
}
