/** The header of a log of stage changes → which column says which record, which stage, and when. */
import type { HistoryLayout } from '../../history/layout.ts';
import { matchKey } from '../sheet/column-keys.ts';
import { SYNONYMS } from '../sheet/synonyms.ts';
import { type ColumnsKnown, NO_COLUMNS, placesOf } from './columns-known.ts';

/** Columns of a log of stage changes. */
const WANTED = [
  'record',
  'to_stage',
  'entered',
  'field',
  'rep',
  'rep_id',
  'team',
  'source',
  'amount',
  'is_won',
  'is_closed',
] as const;

/** Null where a log's columns are missing; `isLog`: whether it is one beyond doubt. */
export function changesIn(
  headers: readonly string[],
  { mapping }: ColumnsKnown,
): { layout: HistoryLayout; isLog: boolean } | null {
  const at = placesOf(headers, WANTED, mapping);
  const keys = headers.map(matchKey);
  const nearest = (name: string): number | undefined => preferred(name, { keys, mapping }) ?? at[name];
  const [record, stage, entered] = ['record', 'to_stage', 'entered'].map(nearest);
  if (record === undefined || stage === undefined || entered === undefined) return null;
  // What only a log has: a day of entering, the value before or after, the record's id beside the row's own.
  const isLog =
    keys.some((key) => LOG_KEYS.has(key)) ||
    'entered' in mapping ||
    (keys.includes('id') && keys[record] !== 'id' && keys[record] !== 'leadid') ||
    !keys.some((key) => DEAL_KEYS.has(key));
  // Tables that keep a row for each state of a record: what stands in it is of that time.
  const isState = keys.includes(matchKey('fivetran start'));
  // HubSpot tells by which means a property changed, under the name of where leads come from.
  const isProvenance = keys.includes(matchKey('source id'));
  const layout: HistoryLayout = {
    ...NO_COLUMNS,
    shape: 'changes',
    id: record,
    rep: at.rep ?? at.rep_id ?? null,
    team: at.team ?? null,
    source: isProvenance ? null : (at.source ?? null),
    amount: at.amount ?? null,
    stage,
    entered,
    isWon: isState ? (at.is_won ?? null) : null,
    isClosed: isState ? (at.is_closed ?? null) : null,
    field: at.field ?? propertyName(keys),
  };
  return { layout, isLog };
}

/** The column that a name's synonyms mean, the earlier in their table before the later. */
function preferred(
  name: string,
  { keys, mapping }: { keys: readonly string[]; mapping: ColumnsKnown['mapping'] },
): number | undefined {
  const words = Object.hasOwn(mapping, name)
    ? [mapping[name]!]
    : [name.replaceAll('_', ' '), ...SYNONYMS[name]!];
  const places = words.map((word) => keys.indexOf(matchKey(word)));
  return places.find((place) => place >= 0);
}

/** `name, value, timestamp`: one row a change of any property. */
function propertyName(keys: readonly string[]): number | null {
  const isProperties = keys.includes('value') && keys.includes('timestamp') && keys.includes('name');
  return isProperties ? keys.indexOf('name') : null;
}

const LOG_KEYS = new Set(
  [
    'entered',
    'date entered',
    'entered at',
    'entered on',
    'new value',
    'old value',
    'fivetran start',
    'from stage',
    'to stage',
    'changed at',
    'change date',
    'edit date',
    'new stage',
    'old stage',
  ].map(matchKey),
);
const DEAL_KEYS = new Set(
  ['close date', 'closed date', 'is won', 'is closed', 'created date', 'create date', 'created at'].map(
    matchKey,
  ),
);
