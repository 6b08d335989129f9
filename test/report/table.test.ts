/** The report as a terminal shows it: golden at four widths, and laws for whatever else is planned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { renderPlanPlain } from '../../src/report/plain.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';
import { renderPlanTable, type TextOptions } from '../../src/report/table.ts';
import { widthOf } from '../../src/report/text-width.ts';
import { randomPlan } from '../support/random-plan.ts';
import { planOf, quotaOf, REPS, rep, smallModel } from '../support/small-model.ts';

const PLAN = planOf(smallModel());
const TEXT: TextOptions = { width: 100, ascii: false, colour: false };

const render = (width: number, selection: Partial<Selection> = {}, plan: Plan = PLAN): string =>
  renderPlanTable(plan, { ...EVERYTHING, ...selection }, { ...TEXT, width });

/** Lines begin after the first line break and end before the last, so that they stand as they are printed. */
const golden = (text: string): string => text.slice(1);

describe('the small plan', () => {
  it('at 100 columns', () => {
    expect(render(100)).toBe(
      golden(`
Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.2M · deal size $24,000 · data to 31 Jan 2027
Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and 44 opportunities from partners.
! $478k of the year has no source in time. $232k is caught up by later leads (+326). $246k is on
  nobody: Ben Cho's first months.
The chance of reaching the quota is 39% in Q1, 41% in the year; 80% of the year would take
  1,711 more leads.

leads by owner           Feb  Mar    Apr │ FY28 Q1     Q2     Q3     Q4 │   Year
marketing  inbound       463  469    485 │   1,417  1,499  1,562  1,540 │  6,018
sales      outbound      495  513    521 │   1,529  1,616  1,696  1,654 │  6,495
Company                  958  982  1,006 │   2,946  3,115  3,258  3,194 │ 12,513
opportunities, where partner begins
partners   partner        21   11     12 │      44     46     40     47 │    177
leads by team and rep
EMEA                     335  366    397 │   1,098  1,199  1,164  1,076 │  4,537
  DACH                   157  190    223 │     570    671    638    550 │  2,429
    Katja Vogel           89   88     87 │     264    264    263    263 │  1,054
    Lukas Weber           68  102    136 │     306    407    375    287 │  1,375
  UK                     178  176    174 │     528    528    526    526 │  2,108
    Imogen Clarke         89   88     87 │     264    264    263    263 │  1,054
    Jack Doyle            89   88     87 │     264    264    263    263 │  1,054
East                     267  264    261 │     792    860  1,041  1,066 │  3,759
  Ana Ruiz                89   88     87 │     264    264    263    263 │  1,054
  Ben Cho, from May        –    –      – │       –     68    252    277 │    597
  Chloe Martin            89   88     87 │     264    264    263    263 │  1,054
  Dev Patel               89   88     87 │     264    264    263    263 │  1,054
West                     356  352    348 │   1,056  1,056  1,053  1,052 │  4,217
  Eva Lindqvist           89   88     87 │     264    264    263    263 │  1,054
  Finn Murphy             89   88     87 │     264    264    263    263 │  1,054
  Gil Moreau, to Aug      89   88     87 │     264    264     42      – │    570
  open (was Gil Moreau)    –    –      – │       –      –    222    263 │    485
  Hana Sato               89   88     87 │     264    264    263    263 │  1,054

why not just quota ÷ deal size ÷ rates?    FY28 Q1     Q2     Q3     Q4 │   Year
70% of quota ÷ deal size ÷ rates             2,843  2,983  3,168  3,191 │ 12,185
leads come 3.4 months before deals              −3     −4     −3      0 │    −10
catching up on what is late                    +97   +128    +95     +6 │   +326
whole leads per rep and source                  +9     +8     −2     −3 │    +12
lead goal                                    2,946  3,115  3,258  3,194 │ 12,513

chance of reaching the quota  FY28 Q1     Q2     Q3     Q4 │   Year
Company                           39%    44%    44%    54% │    41%
  more leads for 80%            3,571  1,242  1,544  1,303 │  1,711
EMEA                              24%    48%    68%    67% │    52%
  DACH                            11%    46%    76%    74% │    52%
  UK                              54%    53%    52%    53% │    52%
East                              54%    39%    20%    42% │    26%
West                              54%    52%    51%    52% │    53%

rates     lead → conversation  → opportunity  → deal  lead → deal      evidence
inbound                 50.1%          31.2%   24.9%         3.9%  373 of 9,590  typed, rates.csv:2
outbound                30.0%          33.3%   20.0%         2.0%   82 of 4,100  typed, rates.csv:3
partner                     –              –   30.0%            –     60 of 200  typed, rates.csv:4
lags: lead → conversation 10 days, conversation → opportunity 1 month,
  opportunity → deal 2.1 months on average
expansion brings 20% of the quota without leads
assumed: next year's quota flat at $1.06M a month; 89% of Q4's leads close there. Add FY2029.
assumed: 95.8 deals ($2.3M) in Feb – Jul 2027 come from records that exist on 31 Jan 2027, as many
  as the plan's own pace brings.
`),
    );
  });

  it('at 80 columns, down to teams', () => {
    expect(render(80, { level: 'team' })).toBe(
      golden(`
Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.2M · deal size $24,000
  data to 31 Jan 2027
Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and 44 opportunities from
  partners.
! $478k of the year has no source in time. $232k is caught up by later leads
  (+326). $246k is on nobody: Ben Cho's first months.
The chance of reaching the quota is 39% in Q1, 41% in the year; 80% of the year
  would take 1,711 more leads.

leads by owner         Feb  Mar    Apr │ FY28 Q1     Q2     Q3     Q4 │   Year
marketing  inbound     463  469    485 │   1,417  1,499  1,562  1,540 │  6,018
sales      outbound    495  513    521 │   1,529  1,616  1,696  1,654 │  6,495
Company                958  982  1,006 │   2,946  3,115  3,258  3,194 │ 12,513
opportunities, where partner begins
partners   partner      21   11     12 │      44     46     40     47 │    177
leads by team
EMEA                   335  366    397 │   1,098  1,199  1,164  1,076 │  4,537
  DACH                 157  190    223 │     570    671    638    550 │  2,429
  UK                   178  176    174 │     528    528    526    526 │  2,108
East                   267  264    261 │     792    860  1,041  1,066 │  3,759
West                   356  352    348 │   1,056  1,056  1,053  1,052 │  4,217

why not just quota ÷ deal size ÷ rates?  FY28 Q1     Q2     Q3     Q4 │   Year
70% of quota ÷ deal size ÷ rates           2,843  2,983  3,168  3,191 │ 12,185
leads come 3.4 months before deals            −3     −4     −3      0 │    −10
catching up on what is late                  +97   +128    +95     +6 │   +326
whole leads per rep and source                +9     +8     −2     −3 │    +12
lead goal                                  2,946  3,115  3,258  3,194 │ 12,513

chance of reaching the quota             FY28 Q1     Q2     Q3     Q4 │   Year
Company                                      39%    44%    44%    54% │    41%
  more leads for 80%                       3,571  1,242  1,544  1,303 │  1,711
EMEA                                         24%    48%    68%    67% │    52%
  DACH                                       11%    46%    76%    74% │    52%
  UK                                         54%    53%    52%    53% │    52%
East                                         54%    39%    20%    42% │    26%
West                                         54%    52%    51%    52% │    53%

rates     lead → conv.  → opp.  → deal  lead → deal      evidence
inbound          50.1%   31.2%   24.9%         3.9%  373 of 9,590  typed
outbound         30.0%   33.3%   20.0%         2.0%   82 of 4,100  typed
partner              –       –   30.0%            –     60 of 200  typed
lags: lead → conversation 10 days, conversation → opportunity 1 month,
  opportunity → deal 2.1 months on average
expansion brings 20% of the quota without leads
assumed: next year's quota flat at $1.06M a month; 89% of Q4's leads close
  there. Add FY2029.
assumed: 95.8 deals ($2.3M) in Feb – Jul 2027 come from records that exist on
  31 Jan 2027, as many as the plan's own pace brings.
`),
    );
  });

  it('at 60 columns', () => {
    expect(render(60)).toBe(
      golden(`
Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.2M
  deal size $24,000 · data to 31 Jan 2027
Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and
  44 opportunities from partners.
! $478k of the year has no source in time. $232k is caught
  up by later leads (+326). $246k is on nobody: Ben Cho's
  first months.
The chance of reaching the quota is 39% in Q1, 41% in the
  year; 80% of the year would take 1,711 more leads.

leads by owner         FY28 Q1     Q2     Q3     Q4 │   Year
marketing  inbound       1,417  1,499  1,562  1,540 │  6,018
sales      outbound      1,529  1,616  1,696  1,654 │  6,495
Company                  2,946  3,115  3,258  3,194 │ 12,513
opportunities, where partner begins
partners   partner          44     46     40     47 │    177
leads by team and rep
EMEA                     1,098  1,199  1,164  1,076 │  4,537
  DACH                     570    671    638    550 │  2,429
    Katja Vogel            264    264    263    263 │  1,054
    Lukas Weber            306    407    375    287 │  1,375
  UK                       528    528    526    526 │  2,108
    Imogen Clarke          264    264    263    263 │  1,054
    Jack Doyle             264    264    263    263 │  1,054
East                       792    860  1,041  1,066 │  3,759
  Ana Ruiz                 264    264    263    263 │  1,054
  Ben Cho, from May          –     68    252    277 │    597
  Chloe Martin             264    264    263    263 │  1,054
  Dev Patel                264    264    263    263 │  1,054
West                     1,056  1,056  1,053  1,052 │  4,217
  Eva Lindqvist            264    264    263    263 │  1,054
  Finn Murphy              264    264    263    263 │  1,054
  Gil Moreau, to Aug       264    264     42      – │    570
  open (was Gil More…        –      –    222    263 │    485
  Hana Sato                264    264    263    263 │  1,054
months left out: 60 columns are too few; --width 80 shows
  them

why not just quota ÷ deal size ÷ rates?
                       FY28 Q1     Q2     Q3     Q4 │   Year
plain division           2,843  2,983  3,168  3,191 │ 12,185
timing                      −3     −4     −3      0 │    −10
catching up                +97   +128    +95     +6 │   +326
whole leads                 +9     +8     −2     −3 │    +12
lead goal                2,946  3,115  3,258  3,194 │ 12,513

chance of reaching the quota
                       FY28 Q1     Q2     Q3     Q4 │   Year
Company                    39%    44%    44%    54% │    41%
  more leads for 80%     3,571  1,242  1,544  1,303 │  1,711
EMEA                       24%    48%    68%    67% │    52%
  DACH                     11%    46%    76%    74% │    52%
  UK                       54%    53%    52%    53% │    52%
East                       54%    39%    20%    42% │    26%
West                       54%    52%    51%    52% │    53%

rates     lead → conv.  → opp.  → deal  lead → deal
inbound          50.1%   31.2%   24.9%         3.9%  typed
outbound         30.0%   33.3%   20.0%         2.0%  typed
partner              –       –   30.0%            –  typed
lags: lead → conversation 10 days,
  conversation → opportunity 1 month,
  opportunity → deal 2.1 months on average
expansion brings 20% of the quota without leads
assumed: next year's quota flat at $1.06M a month; 89% of
  Q4's leads close there. Add FY2029.
assumed: 95.8 deals ($2.3M) in Feb – Jul 2027 come from
  records that exist on 31 Jan 2027, as many as the plan's
  own pace brings.
`),
    );
  });

  it('at 200 columns, down to teams: every month', () => {
    expect(render(200, { level: 'team' })).toBe(
      golden(`
Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.2M · deal size $24,000 · data to 31 Jan 2027
Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and 44 opportunities from partners.
! $478k of the year has no source in time. $232k is caught up by later leads (+326). $246k is on nobody: Ben Cho's first months.
The chance of reaching the quota is 39% in Q1, 41% in the year; 80% of the year would take 1,711 more leads.

leads by owner       Feb  Mar    Apr    May    Jun    Jul    Aug    Sep    Oct    Nov    Dec    Jan │ FY28 Q1     Q2     Q3     Q4 │   Year
marketing  inbound   463  469    485    485    497    517    517    526    519    518    510    512 │   1,417  1,499  1,562  1,540 │  6,018
sales      outbound  495  513    521    530    533    553    567    564    565    557    557    540 │   1,529  1,616  1,696  1,654 │  6,495
Company              958  982  1,006  1,015  1,030  1,070  1,084  1,090  1,084  1,075  1,067  1,052 │   2,946  3,115  3,258  3,194 │ 12,513
opportunities, where partner begins
partners   partner    21   11     12     12     22     12     12     13     15     21     12     14 │      44     46     40     47 │    177
leads by team
EMEA                 335  366    397    399    398    402    400    389    375    373    360    343 │   1,098  1,199  1,164  1,076 │  4,537
  DACH               157  190    223    223    224    224    224    215    199    199    184    167 │     570    671    638    550 │  2,429
  UK                 178  176    174    176    174    178    176    174    176    174    176    176 │     528    528    526    526 │  2,108
East                 267  264    261    264    284    312    332    352    357    353    356    357 │     792    860  1,041  1,066 │  3,759
West                 356  352    348    352    348    356    352    349    352    349    351    352 │   1,056  1,056  1,053  1,052 │  4,217

why not just quota ÷ deal size ÷ rates?  FY28 Q1     Q2     Q3     Q4 │   Year
70% of quota ÷ deal size ÷ rates           2,843  2,983  3,168  3,191 │ 12,185
leads come 3.4 months before deals            −3     −4     −3      0 │    −10
catching up on what is late                  +97   +128    +95     +6 │   +326
whole leads per rep and source                +9     +8     −2     −3 │    +12
lead goal                                  2,946  3,115  3,258  3,194 │ 12,513

chance of reaching the quota  FY28 Q1     Q2     Q3     Q4 │   Year
Company                           39%    44%    44%    54% │    41%
  more leads for 80%            3,571  1,242  1,544  1,303 │  1,711
EMEA                              24%    48%    68%    67% │    52%
  DACH                            11%    46%    76%    74% │    52%
  UK                              54%    53%    52%    53% │    52%
East                              54%    39%    20%    42% │    26%
West                              54%    52%    51%    52% │    53%

rates     lead → conversation  → opportunity  → deal  lead → deal      evidence
inbound                 50.1%          31.2%   24.9%         3.9%  373 of 9,590  typed, rates.csv:2
outbound                30.0%          33.3%   20.0%         2.0%   82 of 4,100  typed, rates.csv:3
partner                     –              –   30.0%            –     60 of 200  typed, rates.csv:4
lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.1 months on average
expansion brings 20% of the quota without leads
assumed: next year's quota flat at $1.06M a month; 89% of Q4's leads close there. Add FY2029.
assumed: 95.8 deals ($2.3M) in Feb – Jul 2027 come from records that exist on 31 Jan 2027, as many as the plan's own pace brings.
`),
    );
  });

  it('by month as many as fit, and which are not shown', () => {
    const lines = render(80, { by: 'month', level: 'company' }).split('\n');
    expect(lines).toContain('leads by owner       Feb  Mar    Apr    May    Jun    Jul    Aug    Sep    Oct');
    expect(lines).toContain('3 months left out: 80 columns are too few; --width 99 shows them');
    expect(render(99, { by: 'month', level: 'company' })).not.toContain('left out');
  });

  it('plain is the same without the lines between groups', () => {
    const plain = renderPlanPlain(PLAN, EVERYTHING, { width: 100, ascii: false });
    expect(plain).toBe(render(100).replaceAll('│', ' '));
  });

  it('colour adds to words and never stands for them', () => {
    const coloured = renderPlanTable(PLAN, EVERYTHING, { ...TEXT, colour: true });
    expect(coloured).toContain('\u001b[33m! $478k of the year');
    expect(coloured).toContain('\u001b[1mleads by owner');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(render(100));
  });

  it('ascii has plain characters only, and the same numbers', () => {
    const ascii = renderPlanTable(planOf(smallModel({ currency: 'EUR' })), EVERYTHING, {
      ...TEXT,
      ascii: true,
    });
    expect(ascii).toMatch(/^[\n\u0020-\u007e]*$/);
    expect(ascii).toContain('Northwind FY2028, Feb 2027 - Jan 2028, quota EUR 12.2M, deal size EUR 24,000');
    expect(ascii).toContain(' | FY28 Q1     Q2     Q3     Q4 |   Year');
    const numbers = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? [];
    expect(numbers(ascii).sort()).toEqual(numbers(render(100)).sort());
  });
});

describe('any plan', () => {
  const NAMES = [
    '山田 太郎',
    'Bartholomew Featherstonehaugh-Cholmondeley the Third',
    '👩‍👩‍👧 Team 🚀',
    'red \u001b[31malert\nand a line',
    'Zoë',
  ];

  /** The same plan with names nobody tests with. */
  function renamed(model: PlanModel): PlanModel {
    const name = (old: string): string => `${NAMES[Number(old.split(' ')[1]) % NAMES.length]} ${old}`;
    const team = (old: string | null): string | null => old?.replace('North', 'Größe | 東京') ?? null;
    const reps = model.reps.map((of) => ({ ...of, name: name(of.name), team: team(of.team) }));
    return {
      ...model,
      name: NAMES[1]!,
      reps,
      quotas: model.quotas.map((of) => ({
        ...of,
        team: team(of.team),
        rep: reps[model.reps.indexOf(of.rep!)]!,
      })),
      rates: model.rates.map((of) => ({ ...of, team: team(of.team), rep: name(of.rep!) })),
      actuals: null,
    };
  }

  it('fits its width, has no blanks at the end of a line and nothing a terminal acts on', () => {
    const selection = fc.record({
      level: fc.constantFrom(null, 'company', 'team', 'rep' as const),
      by: fc.constantFrom(null, 'month', 'quarter', 'year' as const),
    }) as fc.Arbitrary<Partial<Selection>>;
    const width = fc.oneof(fc.constantFrom(60, 80, 100, 200), fc.integer({ min: 60, max: 250 }));
    fc.assert(
      fc.property(randomPlan(), selection, width, fc.boolean(), ({ model }, picked, columns, ascii) => {
        const plan = planGoals(renamed(model)).value;
        fc.pre(plan !== null);
        const options = { ...TEXT, width: columns, ascii };
        const text = renderPlanTable(plan, { ...EVERYTHING, ...picked }, options);
        expect(text.endsWith('\n')).toBe(true);
        for (const line of text.slice(0, -1).split('\n')) {
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/\s$|[\u0000-\u001f\u007f-\u009f]/);
        }
        expect(renderPlanTable(plan, { ...EVERYTHING, ...picked }, options)).toBe(text);
      }),
      { numRuns: 50, seed: 20270201 },
    );
  }, 30_000);

  it('with long names keeps its months as long as a name can be told', () => {
    const long = rep('Bartholomew Featherstonehaugh-Cholmondeley the Third', 'East');
    const plan = planOf(smallModel({ reps: [long], quotas: [quotaOf(long, 1_000_000)] }));
    const rows = render(80, {}, plan).split('\n');
    expect(
      rows.some((row) => /^leads by owner +Feb +Mar +Apr │ FY28 Q1 +Q2 +Q3 +Q4 │ +Year$/.test(row)),
    ).toBe(true);
    expect(rows.some((row) => row.startsWith('  Bartholomew Featherstonehaugh… '))).toBe(true);
  });

  it('of hundreds of reps is there at once', () => {
    const reps = Array.from({ length: 500 }, (_, index) => rep(`Rep ${index}`, `Team ${index % 20}`));
    const plan = planOf(smallModel({ reps, quotas: reps.map((of) => quotaOf(of, 500_000 + REPS.length)) }));
    const start = performance.now();
    expect(render(200, {}, plan).split('\n').length).toBeGreaterThan(520);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
