/** What is known when a history's header is read, and how its columns are found by name. */
import type { HistoryLayout, StageMeaning } from '../../history/layout.ts';
import { headerMatcher } from '../sheet/header.ts';

export interface ColumnsKnown {
  readonly stages: readonly string[];
  /** Our name (a stage too) → header, where synonyms do not reach. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly meaning: StageMeaning;
  /** Whether the cells of a column look like dates, as far as they were looked at. */
  readonly holdsDates: (index: number) => boolean;
}

/** No column says anything. */
export const NO_COLUMNS: HistoryLayout = {
  shape: 'records',
  id: null,
  rep: null,
  team: null,
  source: null,
  amount: null,
  stageDates: [],
  lost: [],
  created: null,
  stage: null,
  entered: null,
  closed: null,
  isWon: null,
  isClosed: null,
  lostAt: null,
  field: null,
  link: null,
};

export type Places = Readonly<Record<string, number>>;

/** The places of wanted columns, by our names. */
export function placesOf(
  headers: readonly string[],
  wanted: readonly string[],
  mapping: ColumnsKnown['mapping'],
): Places {
  const { columns } = headerMatcher({ wanted, stages: [], mapping })(headers);
  return Object.fromEntries(columns.map(({ name, index }) => [name, index]));
}
