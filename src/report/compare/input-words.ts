/** Inputs of plans in the words people write them in. */
import { meanWait } from '../../funnel/lag.ts';
import type { Day } from '../../period/day.ts';
import { fiscalYear } from '../../period/fiscal.ts';
import type {
  InputDifference,
  InputKey,
  InputValue,
  Stay,
} from '../../scenario/compare/inputs/input-value.ts';
import type { PlanHead } from '../../scenario/compare/side.ts';
import {
  type AmountUnit,
  amount,
  count,
  dayName,
  decimal,
  duration,
  factor,
  monthName,
  monthSpan,
  NONE,
  percent,
  percentExact,
  shortAmount,
  typedPercent,
} from '../format.ts';
import { transitionWords } from './compare-words.ts';

export function unitOf({ quotaUnit, currency }: PlanHead): AmountUnit {
  return { kind: quotaUnit, currency };
}

/** Both values; with more digits where few would not tell them apart. Null where a plan does not have it. */
export function valueTexts(
  { a, b }: InputDifference,
  heads: { readonly a: PlanHead; readonly b: PlanHead },
): { readonly a: string | null; readonly b: string | null } {
  const written = (exact: boolean) => ({
    a: a === null ? null : textOf(a, unitOf(heads.a), exact),
    b: b === null ? null : textOf(b, unitOf(heads.b), exact),
  });
  const usual = written(false);
  return usual.a === usual.b ? written(true) : usual;
}

type Writing = { readonly unit: AmountUnit; readonly exact: boolean };

type Writers = {
  readonly [Kind in InputValue['kind']]: (
    value: Extract<InputValue, { kind: Kind }>,
    writing: Writing,
  ) => string;
};

const WRITERS: Writers = {
  text: ({ text }) => text,
  yes_no: ({ yes }) => (yes ? 'yes' : 'no'),
  share: ({ share }, { exact }) => (exact ? percentExact(share) : typedPercent(share)),
  rate: ({ share }, { exact }) => (exact ? percentExact(share) : percent(share)),
  shares: ({ shares }, { exact }) => sharesText(shares, exact),
  seasons: ({ shares }, { exact }) => seasonsText(shares, exact),
  amount: ({ hundredths }, { unit }) => amount(hundredths, unit),
  deal_size: ({ hundredths }, { unit }) => amount(hundredths, unit),
  wait: ({ months }, { exact }) => (exact ? `${decimal(months)} months` : duration(months)),
  months: ({ from, to }) => monthSpan(from, to),
  calendar: ({ calendar }, { exact }) => {
    const starts = `in ${monthName(fiscalYear(2000, calendar).first)}`;
    return exact ? `${starts}, named by its ${calendar.namedBy}` : starts;
  },
  day: ({ day }) => dayName(day),
  stages: ({ stages }) => stages.join(' → '),
  dates: ({ stays }) => staysText(stays),
  name: ({ name }) => `named ${name}`,
  place: ({ team, stays }) =>
    [`in ${team ?? 'no team'}`, ...(stays.length === 0 ? [] : [staysText(stays)])].join(', '),
  capacity: ({ records }) => `${factor(records)} a month`,
  counts: ({ rows, records }) => `${count(records)} records in ${count(rows)} rows`,
  records: ({ records, open, hundredths }, { unit }) =>
    `${count(records)} records, ${count(open)} open: ${shortAmount(hundredths, unit)}`,
  file: ({ sha256 }) => sha256.slice(0, SHOWN_DIGITS),
};

/** Enough of a hash to tell two files apart. */
const SHOWN_DIGITS = 8;

function textOf(value: InputValue, unit: AmountUnit, exact: boolean): string {
  const write = WRITERS[value.kind] as (of: InputValue, writing: Writing) => string;
  return write(value, { unit, exact });
}

/** As many as one reads; where that does not tell, all, exactly. */
function sharesText(shares: readonly number[], exact: boolean): string {
  const written = shares.map(exact ? percentExact : typedPercent);
  return exact || shares.length <= MOST_SHARES
    ? written.join(', ')
    : `${written.slice(0, MOST_SHARES).join(', ')} …, in the mean ${decimal(meanWait({ kind: 'shares', shares }))}`;
}

const MOST_SHARES = 12;

/** By quarter where the months of each are alike. */
function seasonsText(shares: readonly number[], exact: boolean): string {
  const isByQuarter = shares.every((share, month) => share === shares[month - (month % 3)]);
  if (!isByQuarter) return sharesText(shares, exact);
  const quarters = shares.filter((_, month) => month % 3 === 0).map((share) => share * 3);
  return `${sharesText(quarters, exact)} by quarter`;
}

const staysText = (stays: readonly Stay[]): string =>
  stays.map(({ start, end }) => datesText(start, end)).join(', ');

function datesText(start: Day | null, end: Day | null): string {
  if (start === null) return end === null ? 'all the time' : `until ${dayName(end)}`;
  return end === null ? `from ${dayName(start)}` : `${dayName(start)} – ${dayName(end)}`;
}

/** The cell of a table: a dash where a plan does not have it. */
export function cellText(text: string | null): string {
  return text ?? NONE;
}

const LABELS: Readonly<Record<string, string>> = {
  fiscal_year_starts: 'fiscal year starts',
  quota_unit: 'quotas in',
  quotas: 'quota',
  quotas_include_ramp: 'quotas include ramp',
  size_on: 'sized on',
  over_assigned: 'over-assigned',
  deal_size: 'deal size',
  rates_for_reps: 'rates of reps',
  late: 'what is late',
  as_of: 'data to',
};

/** `quota, East`, `opportunity → close, inbound`, `Ana Ruiz (East)`. */
export function inputLabel(
  of: InputKey,
  stages: readonly string[],
  wordOf?: (stage: string) => string,
): string {
  const { key, team, rep, source } = of;
  if (key === 'reps') return team === null ? `${rep}` : `${rep} (${team})`;
  const label = transitionWords(key, stages, wordOf) ?? sectionWords(key) ?? LABELS[key];
  return [label ?? key.replaceAll('_', ' '), ...[rep, team, source].filter((part) => part !== null)].join(
    ', ',
  );
}

/** `inbound, share`, `quota of FY2028-Q1`, `rates.csv`; null of a key that stands alone. */
function sectionWords(key: string): string | null {
  const dot = key.indexOf('.');
  if (dot < 0) return null;
  const rest = key.slice(dot + 1);
  const last = rest.lastIndexOf('.');
  switch (key.slice(0, dot)) {
    case 'sources':
      return `${rest.slice(0, last)}, ${rest.slice(last + 1).replaceAll('_', ' ')}`;
    case 'capacity':
      return `capacity, ${rest}`;
    case 'quotas':
      return `quota of ${rest}`;
    case 'files':
      return rest;
    default:
      return null;
  }
}
