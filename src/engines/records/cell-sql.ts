/** What is read out of the cells `c0, c1 …` of a file: names, days, numbers. */
import type { HistoryFiles } from '../../history/layout.ts';
import { quoted } from '../engine.ts';
import { type DayReading, dayIn } from './day-sql.ts';

/** How cells are understood. */
export interface CellReading extends DayReading {
  /** Whether cells that look plain are read as what they are; else all are text first, which any cell can be. */
  readonly isTyped: boolean;
}

type CellType = 'DATE' | 'TIMESTAMP' | 'DOUBLE' | 'VARCHAR';

/** How plain the cells of a column are, as far as the file was looked at. */
export function typeOf({ csv }: HistoryFiles, index: number): CellType {
  if (csv === null) return 'VARCHAR';
  if (csv.days.has(index)) return 'DATE';
  if (csv.times.has(index)) return 'TIMESTAMP';
  return csv.numbers.has(index) ? 'DOUBLE' : 'VARCHAR';
}

/** Expressions over the cells of some files, as typed as they are read. */
export function cellsOf(files: HistoryFiles, reading: CellReading) {
  const kind = (index: number): CellType => (reading.isTyped ? typeOf(files, index) : 'VARCHAR');
  return {
    text: (index: number | null): string =>
      index === null
        ? 'CAST(NULL AS VARCHAR)'
        : kind(index) === 'VARCHAR'
          ? nameOf(index)
          : `CAST(c${index} AS VARCHAR)`,
    day: (index: number): string => {
      const type = kind(index);
      if (type === 'DATE') return `c${index}`;
      return type === 'TIMESTAMP' ? `CAST(c${index} AS DATE)` : dayIn(textOf(index), reading);
    },
    number: (index: number | null): string => {
      if (index === null) return 'CAST(NULL AS DOUBLE)';
      return kind(index) === 'DOUBLE' ? `c${index}` : numberIn(textOf(index), files.csv?.decimal ?? 'point');
    },
    /** Whether something stands in a cell that says nothing. */
    isUnread: (index: number, value: string): string =>
      kind(index) === 'VARCHAR' ? `(${textOf(index)} IS NOT NULL AND ${value} IS NULL)` : 'false',
  };
}

const textOf = (index: number): string => `nullif(trim(c${index}), '')`;

/** The same, where most cells need no trimming: looking for what may need it (also blanks that are not ASCII) costs far less. */
const nameOf = (index: number): string => {
  const cell = `c${index}`;
  const mayBeWide = `strlen(${cell}) > length(${cell})`;
  return `CASE WHEN ${cell} LIKE ' %' OR ${cell} LIKE '% ' OR ${mayBeWide} THEN ${textOf(index)} ELSE ${cell} END`;
};

/** Words and codes of currencies, some of which would pass for an exponent. */
const WORDS = String.raw`\p{L}{2,}`;
const THOUSANDS = '[kKT](EUR|USD|GBP|CHF)|[0-9] ?[kK]$';
const MILLIONS = 'M(EUR|USD|GBP|CHF)|[0-9] ?M$';

/** The number a text shows: `$24,000`, `24.000,50 €`, `(500)`, `45k`, `EUR 12500`, `24 TEUR`. */
function numberIn(text: string, decimal: 'point' | 'comma'): string {
  const bare = `trim(regexp_replace(${text}, ${quoted(WORDS)}, '', 'g'))`;
  const digits = `regexp_replace(${bare}, '[^0-9.,eE+-]', '', 'g')`;
  const plain =
    decimal === 'comma' ? `replace(replace(${digits}, '.', ''), ',', '.')` : `replace(${digits}, ',', '')`;
  const sign = `CASE WHEN ${text} LIKE '(%)' THEN -1 ELSE 1 END`;
  const shows = (form: string): string =>
    `(regexp_matches(${text}, ${quoted(form)}) OR regexp_matches(${bare}, ${quoted(form)}))`;
  const scale = `CASE WHEN ${shows(THOUSANDS)} THEN 1e3 WHEN ${shows(MILLIONS)} THEN 1e6 ELSE 1 END`;
  return `(try_cast(${plain} AS DOUBLE) * ${sign} * ${scale})`;
}
