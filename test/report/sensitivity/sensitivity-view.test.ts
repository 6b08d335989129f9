/** The sensitivity report as it is read: what it says, how bars are drawn, and that it fits wherever it is printed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanModel } from '../../../src/plan/model.ts';
import type { Block } from '../../../src/report/block.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { sensitivityView } from '../../../src/report/sensitivity/sensitivity-view.ts';
import { rangeText } from '../../../src/report/sensitivity/sensitivity-words.ts';
import { BLOCKS, drawn, PLAIN } from '../../../src/report/sensitivity/tornado.ts';
import { widthOf } from '../../../src/report/text-width.ts';
import { type Bar, type Sensitivity, sensitivityOf } from '../../../src/scenario/sensitivity/sensitivity.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { expectSound, rendered, WIDTHS } from '../../support/rendered.ts';
import { day, smallModel } from '../../support/small-model.ts';

function sensitivity(model: PlanModel): Sensitivity {
  return sensitivityOf(model, { teams: [], sources: [], level: null }).value!;
}

const SMALL = sensitivity(smallModel());

const view = (of: Sensitivity, picked: readonly string[] = []): Block[] =>
  sensitivityView({ sensitivity: of, picked }, BLOCKS);

const textOf = (of: Sensitivity, width = 100): string => rendered(view(of), { width });

/** A made-up bar; what is not said is that of a rate. */
function bar(of: Partial<Bar>): Bar {
  return {
    key: 'rates.lead_to_conversation',
    what: 'rate',
    transition: 0,
    team: null,
    source: null,
    unit: 'share',
    basis: 'counted',
    low: 0.2,
    base: 0.25,
    high: 0.3,
    leadsLow: 120,
    leadsHigh: 90,
    perPoint: 12,
    ...of,
  };
}

const of = (bars: readonly Bar[], more: Partial<Sensitivity> = {}): Sensitivity => ({
  ...SMALL,
  leads: 100,
  bars,
  ...more,
});

describe('a bar', () => {
  const tornado = { marks: BLOCKS, side: 5, most: 20 };

  it('has fewer leads to the left, more to the right, all to one scale', () => {
    expect(drawn(bar({ leadsLow: 120, leadsHigh: 92 }), 100, tornado)).toBe('   ██│░░░░░');
    expect(drawn(bar({ leadsLow: 92, leadsHigh: 112 }), 100, tornado)).toBe('   ░░│███  ');
    expect(drawn(bar({ leadsLow: 120, leadsHigh: 92 }), 100, { ...tornado, marks: PLAIN })).toBe(
      '   ##|-----',
    );
  });

  it('with both ends on one side has the nearer one before the other', () => {
    expect(drawn(bar({ leadsLow: 120, leadsHigh: 108 }), 100, tornado)).toBe('     │██░░░');
    expect(drawn(bar({ leadsLow: 92, leadsHigh: 80 }), 100, tornado)).toBe('███░░│     ');
  });

  it('without a plan at an end, or where nothing changes, has nothing there', () => {
    expect(drawn(bar({ leadsLow: null, leadsHigh: 92 }), 100, tornado)).toBe('   ██│     ');
    expect(drawn(bar({ leadsLow: 100, leadsHigh: 100 }), 100, { ...tornado, most: 0 })).toBe('     │     ');
  });
});

describe('ranges in their own words', () => {
  const dollars = { kind: 'money', currency: 'USD' } as const;
  const text = (of: Partial<Bar>, unit: Parameters<typeof rangeText>[1] = dollars) =>
    rangeText(bar(of), unit).replaceAll('\u00a0', ' ');

  it.each([
    [{ low: 0.28, high: 0.34 }, '28.0–34.0%'],
    [{ what: 'share', low: 0.405, high: 0.495 }, '40.5–49.5%'],
    [{ what: 'deal_size', unit: 'money', low: 2_140_000, high: 2_660_049 }, '$21,400–$26,600'],
    [{ what: 'deal_size', unit: 'money', low: 90, high: 110 }, '$0.90–$1.10'],
    [{ what: 'quota', unit: 'money', low: 1_082_700_000, high: 1_323_300_000 }, '$10.8M–$13.2M'],
    [{ what: 'lag', unit: 'months', low: 2, high: 4 }, '2–4 months'],
    [{ what: 'lag', unit: 'months', low: 0, high: 1 }, '0–1 month'],
  ] as const)('%j is %s', (range, wanted) => {
    expect(text(range)).toBe(wanted);
  });

  it('of quotas in deals', () => {
    const deals = { kind: 'deals', currency: null } as const;
    expect(text({ what: 'quota', unit: 'deals', low: 57_600, high: 70_400 }, deals)).toBe('576–704 deals');
  });
});

describe('the report', () => {
  it('says first what a point of the best overall rate saves', () => {
    const bars = [
      bar({ perPoint: 99, source: 'inbound' }),
      bar({ perPoint: 12 }),
      bar({ perPoint: 21.4, transition: 2 }),
    ];
    expect(textOf(of(bars)).split('\n')[1]).toBe(
      'One more point of opportunity → deal saves 21 leads a quarter.',
    );
    expect(textOf(of([bars[0]!])).split('\n')[1]).toBe(
      'One more point of lead → conversation (inbound) saves 99 leads a quarter.',
    );
    expect(textOf(of([bar({ perPoint: 0 })]))).not.toContain('One more point');
  });

  it('has a row for each bar with the leads at both ends as changes', () => {
    const text = textOf(of([bar({ leadsLow: 120, leadsHigh: 90 }), bar({ what: 'quota', unit: 'money' })]));
    expect(text).toMatch(/lead → conversation +20\.0–30\.0% .*│.* \+20 +−10 +−12\n/);
    expect(text).toContain('what moves the 100 leads');
  });

  it('says what ranges rest on that are taken, and of which teams there is nothing', () => {
    const text = textOf(of([bar({ basis: 'taken' }), bar({ what: 'quota', basis: 'taken', unit: 'money' })]));
    expect(text).toContain('no counts behind it: 10% to either side taken of lead → conversation and quota');
    expect(text).not.toContain('by their counts');
    expect(textOf(of([bar({})]))).toContain('by their counts');
    expect(textOf(of([bar({})], { teamsLeftOut: 20 }))).toContain(
      'rates differ between 20 teams: --level team shows them',
    );
  });

  it('counts bars beyond the first twenty-four', () => {
    const bars = Array.from({ length: 27 }, () => bar({}));
    expect(textOf(of(bars))).toContain('and 3 more: --format json has them all');
  });

  it('gives up bars, then what a point saves, then ranges, where it is narrow, and says so; never the leads at the ends', () => {
    const leftOut = (width: number) =>
      /(\S[^.]*?) left out/.exec(textOf(SMALL, width).replace(/\s+/g, ' ').split('changes ').at(-1)!)?.[1] ??
      '';
    expect(textOf(SMALL, 100)).not.toContain('left out');
    expect(textOf(SMALL, 80)).not.toContain('left out');
    expect(leftOut(72)).toMatch(/bars$/);
    expect(leftOut(60)).toMatch(/bars and what a point saves$/);
    expect(leftOut(40)).toMatch(/bars, what a point saves and ranges$/);
    for (const width of [40, 60, 80]) expect(textOf(SMALL, width)).toMatch(/at low +at high/);
    for (const line of textOf(SMALL, 40).split('\n')) expect([...line].length).toBeLessThanOrEqual(40);
  });

  it('without bars, as Markdown, has every number', () => {
    const text = renderMarkdown(sensitivityView({ sensitivity: of([bar({})]), picked: [] }, null));
    expect(text).toContain('| lead → conversation | 20.0–30.0% | +20 | −10 | −12 |');
    expect(text).not.toMatch(/[█░]/);
  });

  it('has stage words in full in all rows or in none', () => {
    for (const width of [60, 80, 100, 120, 200]) {
      const rows = textOf(SMALL, width)
        .split('what moves')[1]!
        .split('\n')
        .filter((line) => line.includes('→'));
      const isShort = rows.filter((line) => /(conv|opp)\./.test(line)).length > 0;
      if (isShort) expect(rows.filter((line) => /conversation|opportunity/.test(line))).toEqual([]);
      expect(isShort).toBe(width < 120);
    }
  });

  it('of one source says that the leads are those of the company', () => {
    const text = rendered(view(SMALL, ['inbound', 'East']), { width: 200 });
    const [head, only] = text.split('\n');
    expect(head).toContain(`· the company's ${SMALL.leads.toLocaleString('en-US')} leads ·`);
    expect(head).not.toContain('inbound');
    expect(only).toBe("Only inputs of inbound and East are shown, by what they move of the company's goal.");
    expect(text).toContain("what moves the company's ");
  });

  it('of a plan that is over, or that nothing moves, is a sentence', () => {
    const still = bar({ leadsLow: 100, leadsHigh: 100, perPoint: 0 });
    expect(
      textOf(of([still]))
        .split('\n')
        .slice(1),
    ).toEqual(['No more leads are asked for: there is no input that moves the leads.', '']);
    const over = textOf(sensitivity(smallModel({ asOf: day('2028-01-31') })));
    expect(over).toContain('Every month of the plan is over: there is no input that moves the leads.');
    expect(over).not.toContain('at low');
  });

  it('of a source that stands for nothing says that', () => {
    const [inbound, ...others] = SMALL.model.sources;
    const model = { ...SMALL.model, sources: [{ ...inbound!, share: 0 }, ...others] };
    const text = rendered(view(of([], { model }), ['inbound']), { width: 100 });
    expect(text).toContain('inbound stands for no part of the quota: nothing of it moves the goal.');
  });

  it('of an empty selection says so', () => {
    expect(textOf(of([]))).toContain('Nothing in the plan is selected.');
  });

  it('fits every width, with and without colour and box characters', () => {
    const plain = (sensitivity: Sensitivity) =>
      sensitivityView({ sensitivity, picked: ['East', 'inbound'] }, PLAIN);
    expectSound(plain(SMALL));
    for (const width of WIDTHS) {
      for (const line of textOf(SMALL, width).split('\n'))
        expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
    fc.assert(
      fc.property(randomPlan({ most: 2 }), ({ model }) => {
        const { value } = sensitivityOf(model, { teams: [], sources: [], level: null });
        if (value !== null) expectSound(plain(value));
      }),
      { seed: 1, numRuns: 8 },
    );
  });
});
