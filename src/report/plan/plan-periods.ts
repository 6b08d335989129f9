/** The columns of a plan: its months, quarters and years, how to choose among them, and the cells under them. */
import { fiscalYearOf, type Grain, isCalendarYear } from '../../period/fiscal.ts';
import { addMonths, type Month, monthOfYear } from '../../period/month.ts';
import { type Clock, quarterSpans, type Span, yearSpans } from '../../plan/clock.ts';
import { sumOver } from '../../plan/line.ts';
import type { Choice, Column, Row } from '../block.ts';
import { monthAndShortYear, monthName, quarterName, shortYear } from '../format.ts';

export interface Periods {
  readonly clock: Clock;
  readonly months: readonly Span[];
  readonly quarters: readonly Span[];
  readonly years: readonly Span[];
  /** Index of the first quarter that still has goals to come; the last where all is over. */
  readonly next: number;
}

export function periodsOf(clock: Clock): Periods {
  const quarters = quarterSpans(clock, clock.months);
  const coming = quarters.findIndex(
    ({ last }) => last > clock.asOfMonth || (last === clock.asOfMonth && clock.gone < 1),
  );
  return {
    clock,
    months: Array.from({ length: clock.months }, (_, month) => ({ first: month, last: month })),
    quarters,
    years: yearSpans(clock, clock.months),
    next: coming < 0 ? quarters.length - 1 : coming,
  };
}

const GRAINS: readonly Grain[] = ['month', 'quarter', 'year'];
const keyOf = (grain: Grain, { first }: Span): string => `${grain} ${first}`;

function spansOf(periods: Periods, grain: Grain): readonly Span[] {
  if (grain === 'month') return periods.months;
  return grain === 'quarter' ? periods.quarters : periods.years;
}

/** Cells of a row from its months: one for every month, quarter and year. */
export function cellsOf(periods: Periods, series: number[], write: (value: number) => string): Row['cells'] {
  return spanCells(periods, ({ first, last }) => write(sumOver(series, first, last)));
}

/** One cell for every month, quarter and year. */
export function spanCells(periods: Periods, write: (span: Span) => string): Row['cells'] {
  const cells: Record<string, string> = {};
  for (const grain of GRAINS) {
    for (const span of spansOf(periods, grain)) cells[keyOf(grain, span)] = write(span);
  }
  return cells;
}

/** The cell of one quarter or year. */
export function cellKey(grain: Grain, span: Span): string {
  return keyOf(grain, span);
}

/** Months give way before a name is cut below this; quarters are worth a shorter name. */
const LABEL_BESIDE_MONTHS = 28;
const LABEL_BESIDE_QUARTERS = 18;

interface Picked {
  readonly month?: readonly Span[];
  readonly quarter?: readonly Span[];
  readonly year?: readonly Span[];
}

/** From all columns to a few; `by` leaves those of one grain. */
export function choicesOf(periods: Periods, by: Grain | null): Choice[] {
  if (by !== null) return windows(periods, by);
  const { months, quarters, years } = periods;
  if (months.length === 1) return [choice(periods, { month: months }, null)];
  if (quarters.length === 1) {
    return [
      choice(periods, { month: months, quarter: quarters }, null),
      choice(periods, { quarter: quarters }, 'months'),
    ];
  }
  const coming = quarters[periods.next]!;
  const year = years.find(({ last }) => last >= coming.last)!;
  const within = (spans: readonly Span[], outer: Span) =>
    spans.filter(({ first, last }) => first >= outer.first && last <= outer.last);
  const choices = [
    choice(periods, { month: months, quarter: quarters, year: years }, null),
    choice(periods, { month: within(months, coming), quarter: quarters, year: years }, null),
    choice(periods, { quarter: quarters, year: years }, 'months'),
  ];
  if (years.length > 1) {
    choices.push(
      choice(periods, { quarter: within(quarters, year), year: years }, 'months and other quarters'),
    );
  }
  const last = windows(periods, 'year').map((of) => ({ ...of, leftOut: 'months and quarters' }));
  return [...choices, ...last];
}

/** The quarters and years of the bridge, which has no months. */
export function bridgeChoicesOf(periods: Periods, by: Grain | null): Choice[] {
  const { quarters, years } = periods;
  if (by === 'quarter' || by === 'year') return windows(periods, by);
  if (quarters.length === 1) return [choice(periods, { quarter: quarters }, null)];
  const coming = quarters[periods.next]!;
  const year = years.find(({ last }) => last >= coming.last)!;
  const ofYear = quarters.filter(({ first, last }) => first >= year.first && last <= year.last);
  const last = windows(periods, 'year').map((of) => ({ ...of, leftOut: 'quarters' }));
  return [
    choice(periods, { quarter: quarters, year: years }, null),
    ...(years.length > 1 ? [choice(periods, { quarter: ofYear, year: years }, 'other quarters')] : []),
    ...last,
  ];
}

/** All columns of a grain, then ever fewer of them, those to come before those that are over. */
function windows(periods: Periods, grain: Grain): Choice[] {
  const spans = spansOf(periods, grain);
  const coming = periods.quarters[periods.next]!;
  const start = spans.findIndex(({ last }) => last >= coming.first);
  return spans.map((_, fewer) => {
    const length = spans.length - fewer;
    const first = Math.min(start, spans.length - length);
    const picked = { [grain]: spans.slice(first, first + length) };
    return choice(periods, picked, fewer === 0 ? null : `${fewer} ${grain}${fewer === 1 ? '' : 's'}`);
  });
}

function choice(periods: Periods, picked: Picked, leftOut: string | null): Choice {
  const columns = GRAINS.flatMap((grain) =>
    (picked[grain] ?? []).map((span, index, shown): Column => {
      const head = headOf(periods, grain, { span, before: shown[index - 1] ?? null });
      return { key: keyOf(grain, span), head, align: 'right', group: grain };
    }),
  );
  return { columns, leftOut, labelRoom: picked.month ? LABEL_BESIDE_MONTHS : LABEL_BESIDE_QUARTERS };
}

/** `Feb`, `FY28 Q1` then `Q2`, `Year`; the year stands where it is not the same as in the column before. */
function headOf(periods: Periods, grain: Grain, of: { span: Span; before: Span | null }): string {
  const { clock, years, months } = periods;
  const { calendar } = clock;
  const month = addMonths(clock.from, of.span.first);
  if (grain === 'year') {
    if (years.length > 1) return shortYear(month, calendar);
    return months.length === 12 ? 'Year' : 'Total';
  }
  if (grain === 'month') {
    const isNew = of.before === null || monthOfYear(month) === 1;
    return months.length > 12 && isNew ? monthAndShortYear(month) : monthName(month);
  }
  const yearOf = (span: Span): number => fiscalYearOf(addMonths(clock.from, span.first), calendar);
  const isNew = of.before === null || yearOf(of.before) !== yearOf(of.span);
  const needed = years.length > 1 || !isCalendarYear(calendar);
  return isNew && needed
    ? `${shortYear(month, calendar)} ${quarterName(month, calendar)}`
    : quarterName(month, calendar);
}

/** A quarter as a sentence has it: `Q1`, in a plan of several years `FY28 Q1`. */
export function quarterTitle({ clock, years }: Periods, { first }: Span): string {
  const month: Month = addMonths(clock.from, first);
  const name = quarterName(month, clock.calendar);
  return years.length > 1 ? `${shortYear(month, clock.calendar)} ${name}` : name;
}
