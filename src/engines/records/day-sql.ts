/** Texts of cells → days. */
import { quoted } from '../engine.ts';

/** How dates and times in texts are understood. */
export interface DayReading {
  /** Order of numeric dates; null where no file has any. */
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
  /** Whose midnight ends a day, for times that name their zone. */
  readonly timezone: string;
}

/** Dates whose form says which number is which. */
const CLEAR_FORMS = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%Y%m%d',
  ...['%d-%b-%', '%d-%B-%', '%d %b %', '%d %B %', '%d. %b %', '%d. %B %', '%d/%b/%', '%b %d, %', '%B %d, %']
    // Two digits first: four would take 27 for the year 27.
    .flatMap((form) => [`${form}y`, `${form}Y`]),
  '%b %d %Y',
  '%B %d %Y',
  '%Y-%b-%d',
  '%Y %b %d',
];

const NUMERIC_FORMS: Readonly<Record<'dmy' | 'mdy' | 'ymd', readonly string[]>> = {
  dmy: ['%d/%m/%y', '%d/%m/%Y', '%d.%m.%y', '%d.%m.%Y', '%d-%m-%y', '%d-%m-%Y'],
  mdy: ['%m/%d/%y', '%m/%d/%Y', '%m-%d-%y', '%m-%d-%Y', '%d.%m.%y', '%d.%m.%Y'],
  ymd: ['%y/%m/%d', '%y-%m-%d', '%y.%m.%d', '%d.%m.%Y'],
};

const ISO_DAY = String.raw`^\d{4}-\d{1,2}-\d{1,2}$`;
/** Without a time behind it: `3/4/2027 10:15 AM`. */
const AFTER_DAY = String.raw`[ T,]+\d{1,2}:\d{2}.*$`;
const NAMES_ZONE = String.raw`\d{1,2}:\d{2}.*(Z|[A-Z]{3,4}|[A-Z][A-Za-z]+/[A-Za-z_]+|[+-]\d{2}(:?\d{2})?)$`;
const MILLISECONDS = String.raw`^\d{13}$`;

/**
 * The day a text names. A time with its zone is taken to the zone asked for; a time without one is that of the zone.
 * `1767139200000` is milliseconds since 1970.
 */
export function dayIn(text: string, { dateOrder, timezone }: DayReading): string {
  const zone = quoted(timezone);
  const forms = [...NUMERIC_FORMS[dateOrder ?? 'dmy'], ...CLEAR_FORMS].map(quoted).join(', ');
  const plain = `regexp_replace(${text}, ${quoted(AFTER_DAY)}, '')`;
  const iso = `CASE WHEN regexp_matches(${plain}, ${quoted(ISO_DAY)}) THEN try_cast(${plain} AS DATE) END`;
  const day = `coalesce(${iso}, CAST(try_strptime(${plain}, [${forms}]) AS DATE))`;
  return [
    'CASE',
    `WHEN ${text} IS NULL THEN NULL`,
    `WHEN regexp_matches(${text}, ${quoted(NAMES_ZONE)})`,
    `THEN CAST(timezone(${zone}, ${momentIn(text, day)}) AS DATE)`,
    `WHEN regexp_matches(${text}, ${quoted(MILLISECONDS)})`,
    `THEN CAST(timezone(${zone}, to_timestamp(CAST(${text} AS DOUBLE) / 1000)) AS DATE)`,
    `ELSE ${day} END`,
  ].join(' ');
}

const CLOCK = String.raw`(\d{1,2}):(\d{2})(:\d{2})?([.]\d+)? *(?:([AaPp][.]?[Mm][.]?)(?: +|$))?([^ ]*)$`;

/** The moment of a time that names its zone: as it stands, or put together from its day, its hour and the rest. */
function momentIn(text: string, day: string): string {
  const part = (place: number): string => `regexp_extract(${text}, ${quoted(CLOCK)}, ${place})`;
  const half = `CASE WHEN lower(${part(5)}) LIKE 'p%' THEN 12 ELSE 0 END`;
  const hour = `CASE WHEN ${part(5)} = '' THEN CAST(${part(1)} AS INTEGER) ELSE CAST(${part(1)} AS INTEGER) % 12 + ${half} END`;
  const clock = `printf('%02d:%s', ${hour}, ${part(2)}) || coalesce(nullif(${part(3)}, ''), ':00')`;
  const named = `CASE WHEN regexp_matches(${part(6)}, '^[A-Z][A-Za-z]') THEN ' ' ELSE '' END || ${part(6)}`;
  const zone = `CASE WHEN ${part(6)} IN ('UTC', 'GMT') THEN 'Z' ELSE ${named} END`;
  return `try_cast(CAST(${day} AS VARCHAR) || ' ' || ${clock} || ${zone} AS TIMESTAMPTZ)`;
}
