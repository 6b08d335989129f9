/** What a comparison says, at any width, and the words of inputs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { compareMarkdown } from '../../../src/report/compare/compare-markdown.ts';
import { type CompareShown, goalsDiffer } from '../../../src/report/compare/compare-shown.ts';
import { compareView } from '../../../src/report/compare/compare-view.ts';
import { inputLabel, valueTexts } from '../../../src/report/compare/input-words.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { compare } from '../../../src/scenario/compare/comparison.ts';
import { compared } from '../../support/compared.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { expectSound, rendered } from '../../support/rendered.ts';
import { counted, day, quotaOf, REPS, rep, smallModel } from '../../support/small-model.ts';

function shownOf(...models: readonly PlanModel[]): CompareShown {
  const sides = models.map((model, index) => compared(model, `plan ${index}.yaml`));
  const comparisons = sides.slice(1).map((side) => compare(sides[0]!, side, ['quarter', 'year']));
  return { sides, comparisons, selection: EVERYTHING, warnings: [] };
}

const GLUE = /\u00a0/g;

/** Every input that differs, as label: a -> b. */
function inputs(a: PlanModel, b: PlanModel): string[] {
  const { comparisons } = shownOf(a, b);
  return comparisons[0]!.inputs.map((difference) => {
    const texts = valueTexts(difference, { a, b });
    return `${inputLabel(difference, a.stages)}: ${texts.a} -> ${texts.b}`.replace(GLUE, ' ');
  });
}

describe('the report', () => {
  it('is sound at every width, of any two plans', () => {
    const fitting = fc
      .tuple(randomPlan({ most: 2 }), randomPlan({ most: 2 }))
      .map(([one, other]) => shownOf(one.model, other.model, one.model));
    fc.assert(
      fc.property(fitting, (shown) => expectSound(compareView(shown))),
      { numRuns: 12 },
    );
  });

  it('shows fifteen rows of teams and reps, and says how many more there are', () => {
    const quotas = REPS.map((of) => quotaOf(of, 1_200_000));
    const text = rendered(compareView(shownOf(smallModel(), smallModel({ quotas }))), { width: 100 });
    // 12 reps, 5 teams with the one above two of them, and what Gil leaves open
    expect(text).toContain('\nand 3 more: -f csv\n');
  });

  it('of plans that are the same is one sentence', () => {
    const text = rendered(compareView(shownOf(smallModel(), smallModel())), { width: 100 });
    expect(text.split('\n').slice(1)).toEqual([
      'Nothing differs: A and B rest on the same inputs and have the same goals.',
      '',
    ]);
  });

  it('says once which quarters are not compared', () => {
    const other = smallModel({ from: monthOf(2027, 4), asOf: day('2027-03-31') });
    const text = rendered(compareView(shownOf(smallModel(), other)), { width: 100 });
    expect(text).toContain('\nnot compared: FY2028-Q1, of other months in each\n');
    const later = smallModel({ from: monthOf(2027, 5), asOf: day('2027-04-30') });
    const back = rendered(compareView(shownOf(later, smallModel())), { width: 100 });
    expect(back).toContain('\nnot compared: FY2028-Q1, which only B has\n');
  });

  it('as markdown folds the long table', () => {
    const text = compareMarkdown(shownOf(smallModel(), smallModel({ lookahead: 0.5 })));
    expect(text).toMatch(/^## Goals: A plan 0\.yaml \u2192 B plan 1\.yaml\n\nLead goal of the year /);
    expect(text).toMatch(/<details>\n<summary>Goals that differ<\/summary>\n\n### leads by source\n/);
    expect(text.endsWith('\n</details>\n')).toBe(true);
  });
});

describe('whether goals differ', () => {
  it('57 % more is no more than 57 %, though 0.57 × 600 is less than 342 in floats', () => {
    // 10 deals a month ÷ 5 % = 600 leads a quarter
    const model = (times: number) =>
      smallModel({
        quotas: [quotaOf(REPS[0]!, 240_000 * 12 * times)],
        reps: [REPS[0]!],
        rates: [counted({}, [1000, 500, 100, 50], 2)],
        lags: [null, null, null],
        sources: [{ ...smallModel().sources[0]!, name: null, share: 1 }],
      });
    const { comparisons } = shownOf(model(1), model(1.57));
    const leads = { ...EVERYTHING, stages: ['lead'] };
    expect(goalsDiffer(comparisons[0]!, leads, 0.57)).toBe(false);
    expect(goalsDiffer(comparisons[0]!, leads, 0.569)).toBe(true);
  });
});

describe('inputs in words', () => {
  const [size] = smallModel().dealSizes;

  it.each<[string, Partial<PlanModel>, readonly string[]]>([
    ['a deal size', { dealSizes: [{ ...size!, amount: 3_000_000 }] }, ['deal size: $24,000 -> $30,000']],
    ['over-assignment', { overAssigned: 0.125 }, ['over-assigned: 0% -> 12.5%']],
    ['a ramp', { ramp: [] }, ['ramp: 0%, 25%, 50%, 75% -> null']],
    [
      'seasons by quarter',
      { seasonality: [1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1] },
      ['seasonality: the same in every month -> 20%, 40%, 20%, 20% by quarter'],
    ],
    ['confidence', { confidence: 0.8 }, ['confidence: null -> 80%']],
    ['late', { late: 'report' }, ['what is late: spread -> report']],
    [
      'how fiscal years are named',
      { calendar: { starts: 2, namedBy: 'start' } },
      ['fiscal year starts: in Feb, named by its end -> in Feb, named by its start'],
    ],
    ['the as-of day', { asOf: day('2027-01-15') }, ['data to: the day before the plan -> 15 Jan 2027']],
    [
      'a lag',
      { lags: [{ kind: 'duration', months: 1 }, ...smallModel().lags.slice(1)] },
      ['wait lead \u2192 conversation: 10 days -> 1 month'],
    ],
    [
      'a rate that differs in the second decimal',
      {
        rates: smallModel().rates.map((row) =>
          row.source === 'partner'
            ? {
                ...row,
                measures: row.measures.map((of) => of && { ...of, kind: 'share' as const, value: 0.30001 }),
              }
            : row,
        ),
      },
      ['opportunity \u2192 close, partner: 30% -> 30.001%'],
    ],
  ])('%s', (_, parts, texts) => {
    expect(inputs(smallModel(), smallModel(parts))).toEqual(texts);
  });

  it('somebody with two stays, the last one first', () => {
    const back = (start: string) => [
      rep('Ana Ruiz', 'East', { end: '2027-03-31' }),
      rep('Ana Ruiz', 'East', { start }),
    ];
    const model = (start: string) =>
      smallModel({ reps: back(start), quotas: [quotaOf(REPS[1]!, 1_000_000)], sizeOn: 'reps' });
    expect(inputs(model('2027-06-01'), model('2027-07-01'))).toEqual([
      'Ana Ruiz (East): from 1 Jun 2027, until 31 Mar 2027 -> from 1 Jul 2027, until 31 Mar 2027',
    ]);
  });

  it('shares of sources, reps with their days, and quotas of whoever has another', () => {
    const { sources } = smallModel();
    const reps = REPS.map((of) => (of.name === 'Ana Ruiz' ? { ...of, end: day('2027-10-31') } : of));
    const other = smallModel({
      sources: [{ ...sources[0]!, share: 0.5 }, { ...sources[1]!, share: 0.2 }, ...sources.slice(2)],
      reps,
      quotas: reps.map((of) => quotaOf(of, of.name === 'Ben Cho' ? 700_000 : 1_050_000)),
    });
    expect(inputs(smallModel(), other)).toEqual([
      'Ana Ruiz (East): all the time -> until 31 Oct 2027',
      'quota: $12,150,000 -> $12,250,000',
      'quota, East: $3,750,000 -> $3,850,000',
      'quota, Ben Cho, East: $600,000 -> $700,000',
      'inbound, share: 45% -> 50%',
      'outbound, share: 25% -> 20%',
    ]);
  });
});
