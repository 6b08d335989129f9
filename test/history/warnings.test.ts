/** What a history cannot be trusted with, in words, and what it does to goals. */
import { describe, expect, it } from 'vitest';
import { estimateHistory } from '../../src/history/estimate-history.ts';
import type { HistoryTallies } from '../../src/history/tallies.ts';
import { dayOf } from '../../src/period/day.ts';
import type { Problem } from '../../src/problem.ts';
import { problemLines, problemMessage } from '../../src/report/problems.ts';
import { type Counted, type HistoryRecord, random, tallyRecords } from './tally-records.ts';

const AS_OF = dayOf(2026, 12, 31)!;

const problemsOf = (records: readonly HistoryRecord[], of: Partial<Counted> = {}): readonly Problem[] =>
  estimateHistory(tallyRecords(records, { asOf: AS_OF, ...of })).problems;

const codesOf = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code);

const messagesOf = (problems: readonly Problem[], code: string): string[] =>
  problems.filter((problem) => problem.code === code).map(problemMessage);

interface Stream {
  readonly seed?: number;
  readonly days: number;
  readonly perDay?: number;
  readonly share?: (daysAgo: number) => number;
  readonly wait?: (chance: number) => number;
  readonly lost?: number;
  readonly source?: string;
}

/** Leads that come evenly up to the as-of day; those that are lost are before the last converts. */
function stream({ seed = 1, days, perDay = 10, share, wait, lost = 1, source }: Stream): HistoryRecord[] {
  const next = random(seed);
  return Array.from({ length: days * perDay }, (_, index): HistoryRecord => {
    const entered = AS_OF - Math.floor(index / perDay);
    const converts = next() < (share?.(AS_OF - entered) ?? 0.1);
    const days = wait?.(next()) ?? Math.floor(next() * 60);
    const isLost = !converts && next() < lost;
    return {
      stages: [entered, converts ? entered + days : null],
      lost: isLost ? entered + Math.floor(next() * 55) : null,
      source: source ?? null,
    };
  });
}

it('a history long enough, with losses and steady rates, has none', () => {
  expect(problemsOf(stream({ days: 900 }))).toEqual([]);
});

it('too little data, once a step; of sources together', () => {
  const nothing = problemsOf([]);
  expect(problemLines(nothing)).toEqual([
    'warning: lead to close: too little data, 0 records of which 0 converted; there is no rate',
    '  hint: count a longer history, or give rates of your own for these',
  ]);
  const few = stream({ days: 900 }).concat(
    stream({ days: 4, perDay: 1, source: 'fair' }),
    stream({ days: 3, perDay: 1, source: 'radio' }),
  );
  const problems = problemsOf(few);
  expect(codesOf(problems)).toEqual(['history_too_little']);
  expect(messagesOf(problems, 'history_too_little')).toEqual([
    'fair, radio: lead to close: too little data, 7 records of which 0 converted; the rate is a guess, and goals that rest on it may be off by a factor of several',
  ]);
});

describe('too young', () => {
  /** Waits that fall off by half every so many days, of which a history shows the first. */
  const wait = (halfEvery: number) => (chance: number) => Math.floor(-Math.log2(1 - chance) * halfEvery);

  it('says by how much goals are too high', () => {
    const problems = problemsOf(stream({ days: 300, perDay: 80, lost: 0, wait: wait(150) }));
    expect(codesOf(problems)).toContain('history_young');
    const { off, tail } = problems.find(({ code }) => code === 'history_young')!.arguments as Record<
      string,
      number
    >;
    // After two half-lives a quarter is to come: a third of what was seen.
    expect(tail).toBeGreaterThan(0.03);
    expect(off).toBeGreaterThan(0.15);
    expect(off).toBeLessThan(0.6);
    const [message] = messagesOf(problems, 'history_young');
    expect(message).toMatch(
      /^lead to close: the last tenth of the \d+ days seen still holds \d+% of the conversions, so more will come: the rate is a lower bound and goals come out about \d+% too high$/,
    );
  });

  it('a new source is told of where all together are old enough', () => {
    const settled = stream({ days: 1_000, perDay: 20, lost: 0.5 });
    const young = stream({
      seed: 3,
      days: 100,
      perDay: 60,
      lost: 0,
      share: () => 0.4,
      wait: (chance) => Math.floor(chance * 150),
      source: 'partner',
    });
    const messages = messagesOf(problemsOf([...settled, ...young]), 'history_young');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      /^partner: lead to close: the last tenth of the \d+ days .* goals come out (about \d+% )?too high$/,
    );
  });
});

describe('rates are moving', () => {
  it('down: goals come out too low', () => {
    const share = (daysAgo: number): number => (daysAgo < 260 ? 0.06 : 0.12);
    const problems = problemsOf(stream({ days: 900, share }));
    const [message] = messagesOf(problems, 'history_rates_moving');
    const told =
      /^lead to close: ([\d.]+)% in the last six months \(80% interval [\d.]+–[\d.]+%\), ([\d.]+)% over the whole history; if that lasts, goals come out about (\d+)% too low$/.exec(
        message!,
      );
    expect(told).not.toBeNull();
    const [, recent, whole, off] = told!.map(Number) as [number, number, number, number];
    expect(recent).toBeLessThan(8);
    expect(off).toBeCloseTo(100 * (1 - recent / whole), -0.5);
  });

  it('up: too high; nothing at all: far too low', () => {
    const up = problemsOf(stream({ days: 900, share: (daysAgo) => (daysAgo < 260 ? 0.2 : 0.1) }));
    expect(messagesOf(up, 'history_rates_moving')[0]).toMatch(/too high$/);
    const none = problemsOf(stream({ days: 900, share: (daysAgo) => (daysAgo < 300 ? 0 : 0.1) }));
    expect(messagesOf(none, 'history_rates_moving')[0]).toMatch(
      /^lead to close: 0.0% in .* goals come out far too low$/,
    );
  });

  it('rarely where they are not', () => {
    const alarms = Array.from({ length: 60 }, (_, seed) =>
      codesOf(problemsOf(stream({ seed: seed + 1, days: 700, perDay: 4 }))),
    );
    expect(alarms.filter((codes) => codes.includes('history_rates_moving')).length).toBeLessThanOrEqual(4);
  });
});

it('a log that starts late: from when, and what it would do to goals', () => {
  const all = stream({ days: 900 });
  const logStart = AS_OF - 300;
  const kept = all.filter(({ stages, lost }) => (stages[1] ?? lost ?? AS_OF) >= logStart);
  // Records that had gone before the log starts, exported as if they were open still.
  const asOpen = all
    .filter((record) => !kept.includes(record))
    .map((record): HistoryRecord => ({ ...record, stages: [record.stages[0]!, null], lost: null }));
  const [late] = messagesOf(problemsOf(kept), 'history_log_late');
  expect(late).toMatch(
    /^lead to close: what became of records is only known from 2026-03-\d\d on, but they go back to 2026-01-\d\d; older ones are followed from that day on: without that, goals would be about \d+% too (high|low)$/,
  );
  const [open] = messagesOf(problemsOf([...kept, ...asOpen]), 'history_log_late');
  expect(open).toMatch(/they go back to 2024-.* without that, goals would be about (1\d\d|\d\d)% too high$/);
});

describe('no losses', () => {
  it('are told of once', () => {
    const problems = problemsOf(stream({ days: 900, lost: 0 }));
    expect(codesOf(problems)).toEqual(['history_no_losses', 'history_dead_open']);
    expect(messagesOf(problems, 'history_no_losses')[0]).toMatch(
      /^no record is ever lost .* goals for new leads are not touched/,
    );
  });
});

describe('dead but open', () => {
  const living = stream({ days: 900 });
  const amounts = living.map((record): HistoryRecord => ({ ...record, amount: 20_000 }));
  const dead = Array.from(
    { length: 3 },
    (_, index): HistoryRecord => ({ stages: [AS_OF - 200 - index, null], lost: null }),
  );

  it('how many, and what they look like', () => {
    const [message] = messagesOf(problemsOf([...amounts, ...dead]), 'history_dead_open');
    expect(message).toMatch(
      /^open for longer than any record that ever moved on from its stage: 3 at lead; dead, though they look like 0\.3 closes, [56]\.\d+k; goals do not count on them$/,
    );
    const [one] = messagesOf(problemsOf([...living, dead[0]!]), 'history_dead_open');
    expect(one).toMatch(/: 1 at lead; dead, though it looks like 0\.1 closes; goals do not count on it$/);
  });

  it('each once, at the stage it stands at', () => {
    const stages = ['lead', 'opportunity', 'close'];
    const steps = living.map(
      ({ stages: [lead, close], lost }): HistoryRecord => ({ stages: [lead!, close!, close!], lost }),
    );
    const stuck: HistoryRecord[] = [
      { stages: [AS_OF - 300, null, null], lost: null },
      { stages: [AS_OF - 300, AS_OF - 200, null], lost: null },
    ];
    const [message] = messagesOf(problemsOf([...steps, ...stuck], { stages }), 'history_dead_open');
    expect(message).toMatch(/: 1 at lead, 1 at opportunity; dead, though they look like 1\.1 closes;/);
  });

  it('not where nine conversions are all that was seen', () => {
    const nine = Array.from(
      { length: 9 },
      (_, index): HistoryRecord => ({ stages: [AS_OF - 400, AS_OF - 399 + index], lost: null }),
    );
    expect(codesOf(problemsOf([...nine, ...dead]))).not.toContain('history_dead_open');
  });
});

describe('reps on closed records alone', () => {
  const shared = (closedOnlyReps: HistoryTallies['closedOnlyReps']) => {
    const records = stream({ days: 400, lost: 0.9 }).map((record, index): HistoryRecord => {
      const isClosed = record.stages[1] !== null && record.stages[1]! <= AS_OF;
      return {
        ...record,
        team: 'West',
        rep: isClosed ? (index % 2 === 0 ? 'Ana' : 'Ben') : index % 3 === 0 ? 'Cy' : null,
      };
    });
    return estimateHistory(tallyRecords(records, { asOf: AS_OF, closedOnlyReps }));
  };
  const both = ['Ana', 'Ben'].map((rep) => ({ rep, team: 'West', records: 1 }));

  it('have the rate of those above them', () => {
    const told = shared(both);
    const [message] = messagesOf(told.problems, 'history_rep_closed_only');
    expect(message).toMatch(
      /^Ana, Ben stand only on closed records, (\d+) of \1 of them converted: that is no rate, and would make goals too low; they have the rate of those above$/,
    );
    const rateOf = (estimate: typeof told, rep: string) => estimate.rates.find((rate) => rate.rep === rep)!;
    expect(rateOf(shared([]), 'Ana').rate).toBeGreaterThan(0.5);
    expect(rateOf(told, 'Ana')).toMatchObject({ naive: 1, answeredBy: 'team' });
    expect(rateOf(told, 'Ana').rate).toBeLessThan(0.1);
    expect(rateOf(told, 'Ana').rate).toBe(rateOf(told, 'Ben').rate);
  });

  it('also where nothing is open any more, if all of theirs are won', () => {
    const records = stream({ days: 400 })
      .filter(({ stages }) => stages[0]! < AS_OF - 100)
      .map(
        (record): HistoryRecord => ({
          ...record,
          team: 'West',
          rep: record.stages[1] === null ? null : 'Ana',
        }),
      );
    const closedOnlyReps = [{ rep: 'Ana', team: 'West', records: 300 }];
    const { problems } = estimateHistory(tallyRecords(records, { asOf: AS_OF, closedOnlyReps }));
    expect(messagesOf(problems, 'history_rep_closed_only')[0]).toMatch(
      /^Ana stands only on closed records, /,
    );
  });

  it('are measured like everybody else where that is no wonder', () => {
    const gone = stream({ days: 900 }).map((record): HistoryRecord => {
      const isOld = record.stages[0]! < AS_OF - 300;
      return { ...record, team: 'West', rep: isOld ? 'Gil' : 'Cy' };
    });
    const closedOnlyReps = [{ rep: 'Gil', team: 'West', records: 6_000 }];
    const { problems, rates } = estimateHistory(tallyRecords(gone, { asOf: AS_OF, closedOnlyReps }));
    expect(codesOf(problems)).toEqual([]);
    expect(rates.find(({ rep }) => rep === 'Gil')).toMatchObject({ answeredBy: 'rep' });
  });
});

it('of every step its own, the whole funnel first; repeats are grouped', () => {
  const stages = ['lead', 'conversation', 'opportunity', 'close'];
  const problems = problemsOf([], { stages });
  expect(problems.map(({ arguments: { from, to } }) => `${from} ${to}`)).toEqual([
    'lead close',
    'lead conversation',
    'conversation opportunity',
    'opportunity close',
  ]);
  expect(problemLines(problems)).toHaveLength(5);
  for (const problem of problems) expect(problem.severity).toBe('warning');
});
