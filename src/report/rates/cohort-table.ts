/** The cohort triangle: of the records of each month, the share that has closed by their age, darker where it is more. */
import type { CohortRow, HistoryEstimate } from '../../history/estimate.ts';
import type { Grain } from '../../period/fiscal.ts';
import { type Month, monthOfYear, yearOfMonth } from '../../period/month.ts';
import type { Block, Choice, Column, Table } from '../block.ts';
import { row } from '../block.ts';
import { count, GLUE, monthAndYear, percentAmong } from '../format.ts';
import { isWhole } from '../history/history-words.ts';
import { plural, stageWord } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { isPart } from './rates-selection.ts';

/** More months than this are shown by quarter, more quarters by year; of more years the oldest are one row. */
const MOST_MONTHS = 12;
const MOST_QUARTERS = 16;
const MOST_YEARS = 12;

/** Up to this many ages are all shown, of more only some. */
const MOST_AGES = 12;
const SOME_AGES: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 36, 48, 60];
const FEW_AGES: readonly number[] = [0, 1, 3, 6, 12, 24, 48];

/** From light to dark. */
const SHADES = [' ', '▒', '▓', '█'] as const;

export function cohortTable({ triangles, stages }: HistoryEstimate, selection: Selection): Block[] {
  if (isPart(selection) || selection.sources.length > 0) return [];
  const triangle = triangles.find((of) => isWhole(stages, of));
  if (triangle === undefined) return [];
  const groups = grouped(
    triangle.rows.filter(({ records }) => records > 0),
    selection.by,
  );
  const ages = Math.max(0, ...groups.map(({ shares }) => knownAges(shares)));
  if (ages === 0) return [];
  const most = Math.max(...groups.flatMap(({ shares }) => shares.map((share) => share ?? 0)));
  const rows = groups.map(({ label, records, shares }) => {
    const cells = shares.map(
      (share, age) => [`age ${age}`, share === null ? '' : cell(share, most)] as const,
    );
    return row([label], { records: count(records), ...Object.fromEntries(cells) });
  });
  const first = plural(stageWord(stages[0]!));
  const title = `% of ${first} that became ${plural(stageWord(stages.at(-1)!))}, by months of age`;
  return [
    {
      kind: 'table',
      flush: null,
      choices: choicesOf(first, ages),
      sections: [{ title, rows }],
    } satisfies Table,
  ];
}

interface Cohort {
  readonly label: string;
  readonly records: number;
  readonly shares: readonly (number | null)[];
}

const knownAges = (shares: Cohort['shares']): number => shares.filter((share) => share !== null).length;

const quarterName = (month: Month): string =>
  `${yearOfMonth(month)}${GLUE}Q${Math.ceil(monthOfYear(month) / 3)}`;

const yearName = (month: Month): string => String(yearOfMonth(month));

const NAMES: Readonly<Record<Grain, (month: Month) => string>> = {
  month: monthAndYear,
  quarter: quarterName,
  year: yearName,
};

/** As was asked for; else by month, by quarter or by calendar year: the first that makes few enough rows. */
function grouped(rows: readonly CohortRow[], by: Grain | null): Cohort[] {
  if (by !== null) return groupedBy(rows, NAMES[by]);
  const months = groupedBy(rows, monthAndYear);
  if (months.length <= MOST_MONTHS) return months;
  const quarters = groupedBy(rows, quarterName);
  if (quarters.length <= MOST_QUARTERS) return quarters;
  const last = yearOfMonth(rows.at(-1)!.month);
  const years = new Set(rows.map(({ month }) => yearOfMonth(month)));
  const first = years.size <= MOST_YEARS ? -Infinity : last - MOST_YEARS + 2;
  return groupedBy(rows, (month) => (yearOfMonth(month) < first ? `before${GLUE}${first}` : yearName(month)));
}

function groupedBy(rows: readonly CohortRow[], name: (month: Month) => string): Cohort[] {
  const groups = new Map<string, CohortRow[]>();
  for (const cohort of rows) {
    const label = name(cohort.month);
    const group = groups.get(label);
    if (group) group.push(cohort);
    else groups.set(label, [cohort]);
  }
  return [...groups].map(([label, group]) => merged(label, group));
}

/** The shares of all records taken together, up to the age the youngest month has reached. */
function merged(label: string, group: readonly CohortRow[]): Cohort {
  const records = group.reduce((sum, cohort) => sum + cohort.records, 0);
  const ages = Math.min(...group.map(({ shares }) => knownAges(shares)));
  const shares = Array.from({ length: ages }, (_, age) => {
    const converted = group.reduce((sum, cohort) => sum + cohort.records * cohort.shares[age]!, 0);
    return records === 0 ? null : converted / records;
  });
  return { label, records, shares };
}

/** `3.9▒`. */
function cell(share: number, most: number): string {
  return percentAmong(share, most) + shadeOf(share, most);
}

function shadeOf(share: number, most: number): string {
  if (!(most > 0)) return SHADES[0];
  return SHADES[Math.min(SHADES.length - 1, Math.floor((share / most) * SHADES.length))]!;
}

function choicesOf(first: string, ages: number): Choice[] {
  const all = Array.from({ length: ages }, (_, age) => age);
  const oldest = all.at(-1)!;
  const among = (some: readonly number[]) => all.filter((age) => some.includes(age) || age === oldest);
  const records: Column = { key: 'records', head: first, align: 'right', group: 'records' };
  const choice = (shown: readonly number[], leftOut: string | null): Choice => ({
    columns: [
      records,
      ...shown.map(
        (age): Column => ({ key: `age ${age}`, head: String(age), align: 'right', group: 'ages' }),
      ),
    ],
    leftOut,
    labelRoom: 11,
  });
  return [
    choice(ages <= MOST_AGES ? all : among(SOME_AGES), null),
    choice(among(FEW_AGES), 'ages between'),
    choice(among([0, 3, 12]), 'ages between'),
    choice([oldest], 'all ages but the oldest'),
  ];
}
