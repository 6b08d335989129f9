/** The JSON of a plan is enough to make its goals again, with nothing but the arithmetic of the method. */
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ReferencePlan, type ReferenceUnit, referencePlan } from '../support/reference-plan.ts';
import { FIXTURES, runCli } from '../support/run-cli.ts';

interface Goal {
  readonly team: string;
  readonly rep: string | null;
  readonly territory: string | null;
  readonly source: string;
  readonly period: string;
  readonly quota: number;
  readonly goals: Readonly<Record<string, number | null>>;
  readonly expected: Readonly<Record<string, number | null>>;
}

interface Saved {
  readonly plan: {
    readonly from: string;
    readonly to: string;
    readonly as_of: string;
    readonly stages: string[];
    readonly fiscal_year_starts: number;
  };
  readonly settings: {
    readonly quotas_include_ramp: boolean;
    readonly over_assigned: number;
    readonly late: 'spread' | 'report';
    readonly lookahead: number;
    readonly ramp: number[];
    readonly seasonality: number[];
    readonly sources: readonly {
      readonly source: string;
      readonly share: number;
      readonly starts_at: string;
    }[];
    readonly reps: readonly {
      readonly team: string;
      readonly rep: string;
      readonly start: string | null;
      readonly end: string | null;
    }[];
  };
  readonly goals: readonly Goal[];
  readonly lead_values: readonly {
    readonly source: string;
    readonly value: number;
    readonly leads: number;
  }[];
  readonly assumptions: readonly {
    readonly what: string;
    readonly from: string;
    readonly source: string | null;
    readonly value: number;
    readonly shares: number[] | null;
  }[];
}

/** The rep a row belongs to, also that of what somebody leaves open. */
const personOf = ({ rep, territory }: Goal) => rep ?? /^open \(was (.*)\)$/.exec(territory!)![1]!;

const monthsFrom = (from: string, period: string) => {
  const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
  return index(period) - index(from);
};

function planOf(saved: Saved): ReferencePlan {
  const { plan, settings, goals, assumptions } = saved;
  const units = settings.reps.map(({ rep, team, start, end }): ReferenceUnit => {
    const cents = new Map<number, number>();
    for (const goal of goals.filter((of) => personOf(of) === rep)) {
      const month = monthsFrom(plan.from, goal.period);
      cents.set(month, (cents.get(month) ?? 0) + goal.quota * 100);
    }
    const quota = [...cents]
      .filter(([, amount]) => amount > 0)
      .map(([month, amount]) => ({ first: month, last: month, amountCents: Math.round(amount) }));
    return { name: rep, team, start, end, quota };
  });
  const transitions = plan.stages.slice(0, -1);
  const rate = (source: string, from: string) =>
    assumptions.find((row) => row.what === 'rate' && row.source === source && row.from === from)?.value ?? 1;
  return {
    firstMonth: { year: Number(plan.from.slice(0, 4)), month: Number(plan.from.slice(5)) },
    months: monthsFrom(plan.from, plan.to) + 1,
    fiscalYearStarts: plan.fiscal_year_starts,
    stages: plan.stages.length,
    asOf: plan.as_of,
    ramp: settings.ramp,
    quotasIncludeRamp: settings.quotas_include_ramp,
    seasonality: settings.seasonality,
    overAssigned: settings.over_assigned,
    dealSizeCents: assumptions.find(({ what }) => what === 'deal_size')!.value * 100,
    lookahead: settings.lookahead,
    late: settings.late,
    lags: transitions.map((stage) => {
      const lag = assumptions.find(({ what, from }) => what === 'lag' && from === stage);
      if (lag === undefined) return null;
      return lag.shares === null ? { months: lag.value } : { shares: lag.shares };
    }),
    sources: settings.sources.map(({ source, share, starts_at }) => ({
      ...{ name: source, share, startsAt: plan.stages.indexOf(starts_at) },
    })),
    units,
    rates: (_, source) => transitions.map((stage) => rate(settings.sources[source]!.source, stage)),
    actuals: null,
  };
}

describe('the goals of the example, made again from its JSON', () => {
  let saved: Saved;
  beforeAll(async () => {
    const args = ['plan', '-f', 'json', '--quiet', '--set', 'deal_size=+5%'];
    saved = JSON.parse((await runCli(args, { cwd: resolve(FIXTURES, 'northwind') })).out) as Saved;
  });

  it('every stage of every row, exact and whole', () => {
    const reference = planOf(saved);
    const { stages, from } = saved.plan;
    const made = new Map<string, { exact: (number | null)[]; whole: (number | null)[] }>();
    for (const { unit, source, row, month, exact, whole } of referencePlan(reference).goals)
      made.set([reference.units[unit]!.name, row, reference.sources[source]!.name, month].join(), {
        exact,
        whole,
      });
    let found = 0;
    for (const goal of saved.goals) {
      const row = goal.rep === null ? 'territory' : 'rep';
      const again = made.get([personOf(goal), row, goal.source, monthsFrom(from, goal.period)].join());
      // after somebody left, and in the territory before
      if (again === undefined) {
        expect(Object.values(goal.goals).every((number) => number === null || number === 0)).toBe(true);
        continue;
      }
      found++;
      for (const [stage, name] of stages.entries()) {
        const key = `${personOf(goal)} ${row} ${goal.source} ${goal.period} ${name}`;
        expect(goal.goals[name], key).toBe(again.whole[stage]);
        if (again.exact[stage] === null) expect(goal.expected[name], key).toBeNull();
        else expect(Math.abs(goal.expected[name]! - again.exact[stage]!), key).toBeLessThan(1e-3);
      }
    }
    expect(found).toBe(made.size);
  });

  it('what a lead is worth', () => {
    for (const { source, value, leads } of saved.lead_values) {
      const rates = saved.assumptions.filter((row) => row.what === 'rate' && row.source === source);
      const size = saved.assumptions.find(({ what }) => what === 'deal_size')!.value;
      expect(value).toBeCloseTo(
        rates.reduce((product, rate) => product * rate.value, size),
        1,
      );
      const first = saved.settings.sources.find((of) => of.source === source)!.starts_at;
      const goals = saved.goals.filter((row) => row.source === source).map((row) => row.goals[first]!);
      expect(leads).toBe(goals.reduce((sum, goal) => sum + goal, 0));
    }
  });
});
