/** A header row → our columns: by the user's mapping, by our own names, by synonyms; each header once. */

import { type ColumnKeys, keysOf, matchKey } from './column-keys.ts';
import { currencyOf } from './currency.ts';
import { editSteps } from './nearest.ts';
import { PREFERRED } from './synonyms.ts';

export interface HeaderVocabulary {
  /** Our names of the columns that this kind of file may have; no other synonym matches. */
  readonly wanted: readonly string[];
  /** The funnel's stage names, for stage and rate columns. */
  readonly stages: readonly string[];
  /** The plan's `columns:`, our name → header. */
  readonly mapping: Readonly<Record<string, string>>;
}

export interface SheetColumn {
  /** Our name. */
  readonly name: string;
  /** The position of the cell, from 0. */
  readonly index: number;
  readonly header: string;
  /** The currency the header names, as in `Amount (EUR)`. */
  readonly currency: string | null;
}

export interface MatchedHeader {
  readonly columns: readonly SheetColumn[];
  /** Two headers that would be the same column. */
  readonly duplicates: readonly DuplicateColumn[];
}

interface DuplicateColumn {
  readonly name: string;
  readonly index: number;
  readonly headers: readonly [string, string];
}

/** Finds our columns in header rows; the vocabulary's keys are made once. */
export function headerMatcher(vocabulary: HeaderVocabulary): (cells: readonly string[]) => MatchedHeader {
  const keys = new Map(vocabulary.wanted.map((name) => [name, keysOf(name, vocabulary.stages)]));
  return (cells) => matchHeader(cells, keys, vocabulary.mapping);
}

/**
 * Columns in the order of the wanted names. Headers are claimed in rounds – mapped, preferred, own names, synonyms –
 * and a column that has a header in one round takes none in the next. Two headers in the same round are duplicates.
 */
function matchHeader(
  cells: readonly string[],
  keys: ReadonlyMap<string, ColumnKeys>,
  mapping: Readonly<Record<string, string>>,
): MatchedHeader {
  const headers = cells.map((cell) => {
    const { text } = withoutUnit(cell);
    return text === cell ? [matchKey(cell)] : [matchKey(cell), matchKey(text)];
  });
  const owners = new Map<number, string>();
  const columns = new Map<string, SheetColumn>();
  const duplicates: DuplicateColumn[] = [];
  for (const accepted of ROUNDS) {
    const open = [...keys].filter(([name]) => !columns.has(name));
    if (owners.size === headers.length) break;
    for (const [name, column] of open) {
      const words = accepted(name, { column, mapping });
      for (const [index, forms] of headers.entries()) {
        if (owners.has(index) || forms[0] === '' || !forms.some((form) => words.includes(form))) continue;
        const first = columns.get(name);
        const header = cells[index]!;
        owners.set(index, name);
        if (first) duplicates.push({ name, index, headers: [first.header, header] });
        else columns.set(name, { name, index, header, currency: withoutUnit(header).currency });
      }
    }
  }
  return { columns: [...keys.keys()].flatMap((name) => columns.get(name) ?? []), duplicates };
}

type Round = (
  name: string,
  by: { readonly column: ColumnKeys; readonly mapping: Readonly<Record<string, string>> },
) => readonly string[];

/** What a column accepts as its header, round by round: the user's word, the preferred one, its own, synonyms. */
const ROUNDS: readonly Round[] = [
  (name, { mapping }) => (Object.hasOwn(mapping, name) ? [matchKey(mapping[name]!)] : []),
  (name) => (Object.hasOwn(PREFERRED, name) ? PREFERRED[name]!.map(matchKey) : []),
  (_, { column }) => column.own,
  (_, { column }) => column.others(),
];

/** `Amount (EUR)`, `Quota [$]`, `Quota in EUR` without their currency; other brackets stay. */
function withoutUnit(header: string): { text: string; currency: string | null } {
  const [, text = header, unit = ''] = /^(.*\S)\s*[([]\s*([^()[\]]+?)\s*[)\]]$/.exec(header) ?? [];
  const [, worded = header, code = ''] =
    /^(.*?\S)\s+(?:in\s+)?([A-Z]{3}|[$\u20ac\u00a3\u00a5])$/.exec(header) ?? [];
  if (unit && currencyOf(unit)) return { text, currency: currencyOf(unit) };
  if (code && currencyOf(code)) return { text: worded, currency: currencyOf(code) };
  return { text: header, currency: null };
}

/** Headers of columns that add up the others in a wide sheet: `Total`, `FY total`, `Full year`. */
export function isTotalHeader(header: string): boolean {
  if (!/total|sum|gesamt|year|annual|fy/i.test(header)) return false;
  return /(^|[^\p{L}])(sub|grand )?totals?([^\p{L}]|$)|^(sum|summe|gesamt|full[ -]?year|year|annual|fy|annual (quota|target|goal))$/iu.test(
    header,
  );
}

/** A wide sheet's header without the words that say what the numbers are: `Q1 Target` is `Q1`. */
export function periodPart(header: string): string {
  return withoutUnit(header)
    .text.replace(/\b(sales |revenue )?(quotas?|targets?|goals?|budget)\b/gi, ' ')
    .trim();
}

/** The known header nearest to a wanted one, for "did you mean": at most a third of its letters differ. */
export function nearestHeader(
  name: string,
  headers: readonly string[],
  stages: readonly string[],
): string | null {
  const { own, others } = keysOf(name, stages);
  const wanted = [...own, ...others()];
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const header of headers) {
    const key = matchKey(header);
    for (const word of wanted) {
      const steps = editSteps(key, word);
      if (steps < least && steps <= Math.floor((word.length + 1) / 3)) {
        best = header;
        least = steps;
      }
    }
  }
  return best;
}
