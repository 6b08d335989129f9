/** What a comparison says, at any width, and the words of inputs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { brokenLine, goalsDiffer } from '../../../src/report/compare/broken-goals.ts';
import { compareMarkdown } from '../../../src/report/compare/compare-markdown.ts';
import type { CompareShown } from '../../../src/report/compare/compare-shown.ts';
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
  return { sides, comparisons, selection: EVERYTHING, tolerance: null, warnings: [] };
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
    expect(text).toContain('\nand 3 more of teams and reps: -f csv\n');
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

describe('what is said', () => {
  const said = (shown: CompareShown, more: Partial<CompareShown> = {}) =>
    rendered(compareView({ ...shown, ...more }), { width: 100 });

  it('never contradicts the exit code, whatever is asked for', () => {
    const asked = fc.record({
      level: fc.constantFrom(null, 'company', 'team', 'rep'),
      by: fc.constantFrom(null, 'month', 'quarter', 'year'),
      stage: fc.constantFrom(null, 0, 1),
    });
    const tolerances = fc.constantFrom(0, 0.05, 0.5);
    const changed = fc.record({
      times: fc.constantFrom(1, 1, 1.04, 2),
      late: fc.constantFrom('spread', 'report'),
      isCut: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.tuple(randomPlan({ most: 2 }), changed, asked, tolerances),
        ([{ model: one }, { times, late, isCut }, { level, by, stage }, tolerance]) => {
          const quotas = one.quotas.map((of) => ({ ...of, amount: Math.round(of.amount * times) }));
          const to = isCut ? one.from : one.to;
          const sides = [compared(one, 'a'), compared({ ...one, quotas, late, to }, 'b')] as const;
          const selection = { ...EVERYTHING, level, by, stages: stage === null ? [] : [one.stages[stage]!] };
          const comparison = compare(...sides, by === null ? ['quarter', 'year'] : [by]);
          const shown = { sides, comparisons: [comparison], selection, tolerance, warnings: [] };
          const text = said(shown).replace(/\s+/g, ' ');
          const isDifferent = goalsDiffer(comparison, shown);
          expect(/Nothing differs|Every goal .*is the same|No goal /.test(text)).toBe(!isDifferent);
          if (isDifferent)
            expect(text).toMatch(/goals? differs?|only one plan has differ|cannot be compared/);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('names the stages that differ where the first does not', () => {
    // twice as many conversations, half of them go on: leads, opportunities and closes stay
    const rates = (first: number, second: number) => [counted({}, [1000, first, second, 50], 2)];
    const model = (of: PlanModel['rates']) =>
      smallModel({
        rates: of,
        lags: [null, null, null],
        sources: [{ ...smallModel().sources[0]!, share: 1 }],
      });
    const shown = shownOf(model(rates(250, 100)), model(rates(500, 100)));
    expect(said(shown)).toContain('\nGoals of conversations differ: --stage conversation shows them.\n');
  });

  it('which goals differ too much, the largest change first, or that none does', () => {
    const [size] = smallModel().dealSizes;
    const shown = shownOf(smallModel(), smallModel({ dealSizes: [{ ...size!, amount: 2_000_000 }] }));
    const [last] = brokenLine(shown.comparisons[0]!, { selection: EVERYTHING, tolerance: 0.1 });
    expect(last!.text).toMatch(
      /^\d+\u00a0goals differ by more than 10%: leads of the company in FY28\u00a0?.*Q\d \+20%, .*, \u2026$/,
    );
    expect(said(shown, { tolerance: 1 })).toMatch(
      /\nNo goal of the company, a team or a rep over all sources differs by more than 100%\.\n$/,
    );
    expect(said(shown)).not.toMatch(/more than/);
  });

  it('who joined or left is named once', () => {
    const reps = REPS.filter(({ name }) => name !== 'Ana Ruiz');
    const other = smallModel({
      reps,
      quotas: smallModel().quotas.filter((of) => of.rep!.name !== 'Ana Ruiz'),
    });
    const selection = { ...EVERYTHING, level: 'rep' } as const;
    const [line] = brokenLine(shownOf(smallModel(), other).comparisons[0]!, { selection, tolerance: 1 });
    expect(line!.text).toMatch(/goals differ by more than 100%: Ana Ruiz \(East\) left\.$/);
  });

  it('the goals of a later stage, where nothing of the leads differs', () => {
    const rates = smallModel().rates.map((row) =>
      row.source === 'partner'
        ? { ...row, measures: row.measures.map((of) => of && { ...of, kind: 'share' as const, value: 0.2 }) }
        : row,
    );
    const shown = shownOf(smallModel(), smallModel({ rates }));
    const text = said(shown, { selection: { ...EVERYTHING, level: 'team' } });
    expect(text).toMatch(
      /\nCompany: lead goal of the year [\d,]+ in both; opportunities where partner begins /,
    );
    expect(text).toMatch(/\nopportunities, where partner begins\n?.*\n(.*\n)*East /);
    expect(said(shown)).toMatch(/\npartners {2}partner /);
  });

  it('the company, where a part of it is asked for, without what concerns others', () => {
    const [size] = smallModel().dealSizes;
    const other = smallModel({
      dealSizes: [{ ...size!, amount: 2_000_000 }],
      quotas: REPS.map((of) => quotaOf(of, 1_200_000)),
    });
    const text = said(shownOf(smallModel(), other), { selection: { ...EVERYTHING, teams: ['East'] } });
    expect(text).toContain('\nCompany: lead goal of the year ');
    expect(text).toContain('\nwhy, of the company ');
    expect(text).toMatch(/\nquota, Ana Ruiz, East /);
    expect(text).not.toMatch(/\nquota, West /);
    expect(text).toMatch(/\nand \d+ of other teams, reps or sources: -f json lists all\n/);
  });

  it('few inputs of many, those of the largest cause first', () => {
    const { rates } = smallModel();
    const ofReps = REPS.flatMap(({ name, team }, index) =>
      rates.map((row) => ({
        ...row,
        ...{ team, rep: name },
        measures: row.measures.map((of) => of && { ...of, kind: 'share' as const, value: 0.1 + index / 100 }),
      })),
    );
    const text = said(
      shownOf(smallModel({ blended: false }), smallModel({ blended: false, rates: ofReps, lookahead: 0.7 })),
    );
    const inputRows = text.slice(text.indexOf('inputs that differ'), text.indexOf('why '));
    expect(inputRows.split('\n').length).toBeLessThan(20);
    expect(inputRows).toMatch(
      /opportunity \u2192 close: \d+ more rates of reps, most .* [+\u2212]\d+\.\d points/,
    );
    expect(inputRows).toMatch(/\nlookahead +80% +70%\n/);
    expect(inputRows.indexOf('\u2192')).toBeLessThan(inputRows.indexOf('lookahead'));
  });

  it('that money of two currencies is not compared, and nothing but that where no quarter is shared', () => {
    const euros = said(shownOf(smallModel(), smallModel({ currency: 'EUR' })));
    expect(euros).toContain('\nA is in USD, B in EUR: money is not compared.\n');
    expect(euros).toContain('\nEvery goal is the same; quotas are not compared.\n');
    const from = monthOf(2028, 2);
    const later = { from, to: monthOf(2029, 1), asOf: day('2028-01-31'), currency: 'EUR' };
    const quotas = smallModel().quotas.map((of) => ({ ...of, first: from, last: later.to }));
    const apart = said(shownOf(smallModel(), smallModel({ ...later, quotas })));
    expect(apart.split('\n').slice(1).join(' ')).toBe(
      'The two plans have no quarter in common (A Feb 2027 \u2013 Jan 2028, the other Feb 2028 \u2013 Jan 2029):   their goals cannot be compared. ',
    );
  });

  it('that capacity differs, though no goal depends on it', () => {
    const text = said(shownOf(smallModel(), smallModel({ capacity: [60, null, null, null] })));
    expect(text).toMatch(/\ncapacity, lead +\u2013 +60 a month\n/);
    expect(text).toContain('Every goal and quota is the same.');
  });

  it('quarters before the ends of long labels', () => {
    const name = 'Maximiliane von Hohenlohe-Langenburg';
    const reps = REPS.map((of) => (of.name === 'Ana Ruiz' ? rep(name, 'EMEA/UK') : of));
    const text = said(
      shownOf(smallModel(), smallModel({ reps, quotas: reps.map((of) => quotaOf(of, 1_000_000)) })),
    );
    expect(text).toMatch(/\nMaximiliane v\S*.*\u2026.*joined\n/);
    expect(text).not.toContain('left out');
  });

  it('whose rows they are, in the title', () => {
    const [size] = smallModel().dealSizes;
    const shown = shownOf(smallModel(), smallModel({ dealSizes: [{ ...size!, amount: 2_000_000 }] }));
    const at = (level: 'team' | 'rep') => said(shown, { selection: { ...EVERYTHING, level } });
    expect(at('team')).toMatch(/\nleads by team +Q1/);
    expect(at('rep')).toMatch(/\nleads by rep +Q1/);
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
    const leads = (tolerance: number) => ({ selection: { ...EVERYTHING, stages: ['lead'] }, tolerance });
    expect(goalsDiffer(comparisons[0]!, leads(0.57))).toBe(false);
    expect(goalsDiffer(comparisons[0]!, leads(0.569))).toBe(true);
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
    ['the as-of day', { asOf: day('2027-01-15') }, ['data to: 31 Jan 2027 -> 15 Jan 2027']],
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
