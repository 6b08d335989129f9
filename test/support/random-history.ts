/** Random histories, with what histories have: skips, ties, losses, reopened records, late and impossible days. */
import fc from 'fast-check';
import { addDays, type Day, dayOf, formatDay } from '../../src/period/day.ts';
import type { PlainRecord } from './reference-tallies.ts';

const FIRST = dayOf(2023, 1, 1)!;

export interface RandomHistory {
  readonly stages: readonly string[];
  readonly records: readonly PlainRecord[];
}

const FUNNELS: readonly (readonly string[])[] = [
  ['lead', 'close'],
  ['lead', 'opportunity', 'close'],
  ['lead', 'conversation', 'opportunity', 'close'],
  ['Prospecting', 'Proposal', 'Negotiation', 'Signed', 'Live'],
];

const rare = <Value>(value: fc.Arbitrary<Value>, weight: number) => ({ arbitrary: value, weight });

/** Days from one to the next; seldom back. */
const wait = fc.oneof(
  rare(fc.constant(0), 3),
  rare(fc.integer({ min: 1, max: 90 }), 8),
  rare(fc.integer({ min: 91, max: 500 }), 2),
  rare(fc.integer({ min: -20, max: -1 }), 1),
);

const PLACEHOLDERS = ['9999-12-31', '1900-01-01', '1970-01-01', '2100-01-01'].map((text) => {
  const [year, month, day] = text.split('-').map(Number);
  return dayOf(year!, month!, day!)!;
});

interface Shape {
  /** Whether days may be such as 9999-12-31. */
  readonly hasPlaceholders?: boolean;
  /** Whether ids may be missing. */
  readonly hasMissing?: boolean;
}

function record(stages: number, { hasPlaceholders = true, hasMissing = true }: Shape) {
  const name = (...names: string[]) => fc.constantFrom(...names, null);
  const placeholder = hasPlaceholders ? fc.option(fc.constantFrom(...PLACEHOLDERS), { freq: 40 }) : null;
  return fc
    .record({
      isMissing: hasMissing ? fc.nat(40).map((number) => number === 0) : fc.constant(false),
      rep: name('Ana Ruiz', 'Ben "B" Cho', 'Zo\u00eb, née Ng'),
      team: name('West', 'East'),
      source: name('inbound', 'outbound'),
      start: fc.integer({ min: 0, max: 700 }),
      waits: fc.array(fc.tuple(wait, fc.nat(9), fc.nat(40)), { minLength: stages, maxLength: stages }),
      loss: fc.option(wait, { freq: 2 }),
      amount: fc.option(
        fc.integer({ min: -5, max: 400 }).map((quarters) => quarters / 4),
        { freq: 4 },
      ),
      none: placeholder ?? fc.constant(null),
    })
    .map(
      ({
        isMissing,
        start,
        waits,
        loss,
        none,
        ...whose
      }): Omit<PlainRecord, 'id'> & { isMissing: boolean } => {
        let day = addDays(FIRST, start);
        const days = waits.map(([days, isThere, at]): Day | null => {
          day = addDays(day, days);
          if (none !== null && at < 8) return none;
          return isThere < 6 ? day : null;
        });
        const lost = loss === null ? null : addDays(day, loss - 30);
        const { rep, team, source, amount } = whose;
        return { isMissing, rep, team, source, stages: days, lost, amount };
      },
    );
}

export function randomHistory(shape: Shape & { readonly most?: number } = {}): fc.Arbitrary<RandomHistory> {
  return fc.constantFrom(...FUNNELS).chain((stages) =>
    fc.array(record(stages.length, shape), { minLength: 1, maxLength: shape.most ?? 60 }).map((rows) => ({
      stages,
      records: rows.map(({ isMissing, ...row }, index) => ({ id: isMissing ? null : `r${index}`, ...row })),
    })),
  );
}

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  return /["\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const dayCell = (day: Day | null): string => (day === null ? '' : formatDay(day));

/** The header and the cells of a history, a record a row. */
export function recordTable({ stages, records }: RandomHistory): string[][] {
  const header = ['id', 'rep', 'team', 'source', 'amount', ...stages, 'lost'];
  const rows = records.map(({ id, rep, team, source, amount, stages: days, lost }) => [
    id ?? '',
    rep ?? '',
    team ?? '',
    source ?? '',
    amount === null ? '' : String(amount),
    ...days.map(dayCell),
    dayCell(lost),
  ]);
  return [header, ...rows];
}

export function csvOf(table: readonly (readonly string[])[], delimiter = ','): string {
  return table.map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}

/** The same history, a stage change a row: every stage it entered, and its loss. */
export function changeTable({ stages, records }: RandomHistory): string[][] {
  const rows = records.flatMap(({ id, rep, team, source, amount, stages: days, lost }) => {
    const whose = [rep ?? '', team ?? '', source ?? '', amount === null ? '' : String(amount)];
    const change = (stage: string, day: Day | null): string[][] =>
      day === null ? [] : [[id ?? '', ...whose, stage, formatDay(day)]];
    return [...stages.flatMap((stage, index) => change(stage, days[index]!)), ...change('Closed Lost', lost)];
  });
  return [['record', 'rep', 'team', 'source', 'amount', 'stage', 'entered'], ...rows];
}
