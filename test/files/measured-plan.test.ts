/** A plan of measured rates is that of the same shares somebody typed: only what is said of them differs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lagOf } from '../../src/files/measured-lags.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { loadTexts } from '../support/load-texts.ts';
import { type MeasuredParts, measuredText } from '../support/measured-file.ts';

const STAGES = ['lead', 'meeting', 'close'];

const PLAN = `currency: USD
as_of: 2026-12-31
funnel: [lead, meeting, close]
quotas:
  - { team: West, rep: Ana, period: 2027, quota: 480000 }
  - { team: West, rep: Ben, period: 2027, quota: 360000 }
  - { team: East, rep: Cy, period: 2027, quota: 600000 }
sources: { inbound: { share: 70% }, outbound: { share: 30% } }
`;

interface Whose {
  readonly team?: string;
  readonly rep?: string;
  readonly source?: string;
}

/** Levels that may have rates of their own; the company always has. */
const LEVELS: readonly Whose[] = [
  {},
  { source: 'inbound' },
  { source: 'outbound' },
  { team: 'West' },
  { team: 'East', source: 'inbound' },
  { team: 'West', rep: 'Ana' },
  { team: 'West', rep: 'Ben', source: 'outbound' },
];

interface Drawn {
  readonly of: Whose;
  readonly rates: readonly number[];
}

function planned(texts: Readonly<Record<string, string>>): Plan {
  const { value, problems } = loadTexts(texts, { purpose: 'plan' });
  if (value === null) throw new Error(JSON.stringify(problems));
  const plan = planGoals(value.model);
  if (plan.value === null) throw new Error(JSON.stringify(plan.problems));
  return plan.value;
}

/** The same rates and lags, measured and typed. */
function bothWays(drawn: readonly Drawn[], curves: readonly (readonly number[])[]): [Plan, Plan] {
  const parts: MeasuredParts = {
    stages: STAGES,
    rates: drawn.flatMap(({ of, rates }) =>
      rates.map((rate, index) => ({ ...of, from: STAGES[index]!, to: STAGES[index + 1]!, rate })),
    ),
    curves: curves.map((by_month, index) => ({
      from: STAGES[index],
      to: STAGES[index + 1],
      source: null,
      by_month,
    })),
    dealSizes: [{ mean: 21_000 }, { team: 'East', mean: 30_000 }],
  };
  const measured = planned({
    'leadgoal.yaml': `${PLAN}rates: rates.json\n`,
    'rates.json': measuredText(parts),
  });
  const rows = drawn.map(({ of, rates }) => {
    const [meeting, close] = rates;
    return JSON.stringify({ ...of, lead_to_meeting: meeting, meeting_to_close: close });
  });
  const shares = curves.map((curve) => {
    const lag = lagOf(curve);
    return lag?.kind === 'shares' ? lag.shares : [];
  });
  const typed = planned({
    'leadgoal.yaml': `${PLAN}rates: [${rows.join(', ')}]
lags: { lead_to_meeting: ${JSON.stringify(shares[0])}, meeting_to_close: ${JSON.stringify(shares[1])} }
deal_size: [{ deal_size: 21000 }, { team: East, deal_size: 30000 }]
`,
  });
  return [measured, typed];
}

const share = fc.integer({ min: 20, max: 900 }).map((value) => value / 1000);
const curve = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 })
  .filter((steps) => steps.some((step) => step > 0))
  .map((steps) => {
    let sum = 0;
    return steps.map((step) => (sum += step) / 1000);
  });

const inputs = fc.record({
  drawn: fc.tuple(
    ...LEVELS.map((of, index) =>
      fc.record({
        of: fc.constant(of),
        rates: fc.tuple(share, share),
        has: index === 0 ? fc.constant(true) : fc.boolean(),
      }),
    ),
  ),
  curves: fc.tuple(curve, curve),
});

describe('a plan of measured rates', () => {
  it('has the goals of the same shares, typed', () => {
    fc.assert(
      fc.property(inputs, ({ drawn, curves }) => {
        const [measured, typed] = bothWays(
          drawn.filter(({ has }) => has),
          curves,
        );
        expect(measured.lines).toEqual(typed.lines);
        expect(measured.bridge).toEqual(typed.bridge);
        const answers = (plan: Plan) =>
          plan.assumptions
            .filter(({ what }) => what === 'rate')
            .map(({ team, rep, source, from, value, answeredBy }) => [
              team,
              rep,
              source,
              from,
              value,
              answeredBy,
            ]);
        expect(answers(measured)).toEqual(answers(typed));
      }),
      { numRuns: 40 },
    );
  });

  it('names them measured, with records, bounds and the row of the file', () => {
    const [measured, typed] = bothWays(
      [
        { of: {}, rates: [0.2, 0.1] },
        { of: { team: 'West', rep: 'Ana' }, rates: [0.25, 0.12] },
      ],
      [
        [0.1, 0.2],
        [0.05, 0.1],
      ],
    );
    const [first] = measured.assumptions.filter(({ rep }) => rep === 'Ana');
    expect(first).toMatchObject({
      basis: 'measured',
      value: 0.25,
      records: 1000,
      converted: 250,
      low: 0.225,
      high: 0.275,
      answeredBy: 'rep',
    });
    expect(first!.where).toMatchObject({ line: 9 });
    const of = (what: string) => measured.assumptions.filter((each) => each.what === what);
    expect(of('lag').map(({ basis, value }) => [basis, value])).toEqual([
      ['measured', 0.5],
      ['measured', 0.5],
    ]);
    expect(of('deal_size').map(({ basis, records, team }) => [basis, records, team])).toEqual([
      ['measured', 40, 'East'],
      ['measured', 40, 'West'],
    ]);
    expect(new Set(typed.assumptions.map(({ basis }) => basis))).toEqual(new Set(['typed']));
  });
});
