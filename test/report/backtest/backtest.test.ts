/** The report on a backtest: golden for people, and the same numbers for programs. */
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { BacktestResult } from '../../../src/history/backtest.ts';
import { type BacktestFormat, renderBacktest } from '../../../src/report/backtest/backtest.ts';
import type { BacktestFile } from '../../../src/report/backtest/backtest-json.ts';
import { backtestView } from '../../../src/report/backtest/backtest-view.ts';
import { MADE, PLAN } from '../../support/history-estimate.ts';
import { expectSound } from '../../support/rendered.ts';
import { BACKTEST, HISTORY, NOTHING } from './small-backtest.ts';

const STYLE = { width: 100, ascii: false, colour: false, bom: false };

const file = (backtest: BacktestResult = BACKTEST): BacktestFile => ({
  backtest,
  history: HISTORY,
  plan: PLAN,
  ...MADE,
});

const render = (format: BacktestFormat, style: Partial<typeof STYLE> = {}, of = file()): string =>
  [...renderBacktest(format, of, { ...STYLE, ...style })].join('');

/** Lines begin after the first line break and end before the last, so that they stand as they are printed. */
const golden = (text: string): string => text.slice(1);

const scored = (summary: Partial<BacktestResult['summary']>): BacktestResult => ({
  ...BACKTEST,
  summary: { ...BACKTEST.summary, ...summary },
});

describe('the report', () => {
  it('at 100 columns', () => {
    expect(render('table')).toBe(
      golden(`
Northwind · backtest on a CRM history of 12,000 records · data to 31 Dec 2026
Lead goals would have been off by 12% with leadgoal's rate; by 51%, mostly too high, with
  converted ÷ records (naive); by 21%, mostly too low, with won ÷ closed; by 10%, mostly too high,
  with last year's ratio.
4 of 5 outcomes lay within their 80% interval, as they should (2 to 5 would do).

lead → deal as of  records  truth │ leadgoal  80% interval  inside │ naive  won ÷ closed  last year
31 Mar 2025          1,300   3.8% │     4.1%      3.6–4.4%     yes │  2.5%          4.6%          –
30 Jun 2025          1,600   3.8% │     3.1%      2.8–3.4%      no │  2.5%          4.6%          –
30 Sep 2025          1,900   3.8% │     4.1%      3.6–4.4%     yes │  2.5%          4.6%          –
31 Dec 2025          2,200   3.8% │     4.1%      3.6–4.4%     yes │  2.5%          4.6%       3.5%
31 Mar 2026          1,300   4.0% │     4.1%      3.6–4.4%     yes │  2.5%          4.6%       3.6%
30 Jun 2026          1,600      – │     4.1%      3.6–4.4%       – │  2.5%          4.6%       3.8%
goals made with it
off by                            │      12%                       │   51%           21%        10%
too high by                       │      −1%                       │  +51%          −17%        +9%
no truth: what became of those records is not known yet
`),
    );
  });

  it('at 60 columns', () => {
    expect(render('table', { width: 60 })).toBe(
      golden(`
Northwind · backtest on a CRM history of 12,000 records
  data to 31 Dec 2026
Lead goals would have been off by 12% with leadgoal's rate;
  by 51%, mostly too high, with converted ÷ records (naive);
  by 21%, mostly too low, with won ÷ closed; by 10%, mostly
  too high, with last year's ratio.
4 of 5 outcomes lay within their 80% interval, as they
  should (2 to 5 would do).

lead → deal as of  truth │ leadgoal  80% interval │ naive
31 Mar 2025         3.8% │     4.1%      3.6–4.4% │  2.5%
30 Jun 2025         3.8% │     3.1%      2.8–3.4% │  2.5%
30 Sep 2025         3.8% │     4.1%      3.6–4.4% │  2.5%
31 Dec 2025         3.8% │     4.1%      3.6–4.4% │  2.5%
31 Mar 2026         4.0% │     4.1%      3.6–4.4% │  2.5%
30 Jun 2026            – │     4.1%      3.6–4.4% │  2.5%
goals made with it
off by                   │      12%               │   51%
too high by              │      −1%               │  +51%
records, won ÷ closed and last year left out: 60 columns are
  too few; --width 93 shows them
no truth: what became of those records is not known yet
`),
    );
  });

  it('for consoles with plain characters', () => {
    expect(render('plain', { width: 80, ascii: true })).toBe(
      golden(`
Northwind, backtest on a CRM history of 12,000 records, data to 31 Dec 2026
Lead goals would have been off by 12% with leadgoal's rate; by 51%, mostly
  too high, with converted / records (naive); by 21%, mostly too low, with
  won / closed; by 10%, mostly too high, with last year's ratio.
4 of 5 outcomes lay within their 80% interval, as they should (2 to 5 would do).

lead -> deal as of
             truth   leadgoal  80% interval   naive  won / closed  last year
31 Mar 2025   3.8%       4.1%      3.6-4.4%    2.5%          4.6%          -
30 Jun 2025   3.8%       3.1%      2.8-3.4%    2.5%          4.6%          -
30 Sep 2025   3.8%       4.1%      3.6-4.4%    2.5%          4.6%          -
31 Dec 2025   3.8%       4.1%      3.6-4.4%    2.5%          4.6%       3.5%
31 Mar 2026   4.0%       4.1%      3.6-4.4%    2.5%          4.6%       3.6%
30 Jun 2026      -       4.1%      3.6-4.4%    2.5%          4.6%       3.8%
goals made with it
off by                    12%                   51%           21%        10%
too high by               -1%                  +51%          -17%        +9%
records left out: 80 columns are too few; --width 93 shows them
no truth: what became of those records is not known yet
`),
    );
  });

  it('as Markdown', () => {
    expect(render('markdown')).toBe(
      golden(`
**Northwind · backtest on a CRM history of 12,000 records · data to 31 Dec 2026**

Lead goals would have been off by 12% with leadgoal's rate; by 51%, mostly too high, with converted ÷ records (naive); by 21%, mostly too low, with won ÷ closed; by 10%, mostly too high, with last year's ratio.

4 of 5 outcomes lay within their 80% interval, as they should (2 to 5 would do).

### lead → deal as of

|  | records | truth | leadgoal | 80% interval | inside | naive | won ÷ closed | last year |
| :-- | --: | --: | --: | --: | --: | --: | --: | --: |
| 31 Mar 2025 | 1,300 | 3.8% | 4.1% | 3.6–4.4% | yes | 2.5% | 4.6% | – |
| 30 Jun 2025 | 1,600 | 3.8% | 3.1% | 2.8–3.4% | no | 2.5% | 4.6% | – |
| 30 Sep 2025 | 1,900 | 3.8% | 4.1% | 3.6–4.4% | yes | 2.5% | 4.6% | – |
| 31 Dec 2025 | 2,200 | 3.8% | 4.1% | 3.6–4.4% | yes | 2.5% | 4.6% | 3.5% |
| 31 Mar 2026 | 1,300 | 4.0% | 4.1% | 3.6–4.4% | yes | 2.5% | 4.6% | 3.6% |
| 30 Jun 2026 | 1,600 | – | 4.1% | 3.6–4.4% | – | 2.5% | 4.6% | 3.8% |

### goals made with it

|  | records | truth | leadgoal | 80% interval | inside | naive | won ÷ closed | last year |
| :-- | --: | --: | --: | --: | --: | --: | --: | --: |
| **off by** |  |  | **12%** |  |  | **51%** | **21%** | **10%** |
| **too high by** |  |  | **−1%** |  |  | **+51%** | **−17%** | **+9%** |

no truth: what became of those records is not known yet
`),
    );
  });

  it('without any day to compare', () => {
    expect(render('table', { width: 80 }, file(NOTHING))).toBe(
      golden(`
Northwind · backtest on a CRM history of 12,000 records · data to 31 Dec 2026
! Nothing to compare: no earlier day lies far enough back for what came of its
  records to be known.
`),
    );
  });

  it('shows the whole funnel; its steps stand in the files', () => {
    const steps = BACKTEST.rows.map((row) => ({ ...row, to: 1 }));
    const all = file({ ...BACKTEST, rows: [...steps, ...BACKTEST.rows] });
    for (const format of ['table', 'plain', 'markdown'] as const) {
      const text = render(format, {}, all);
      expect(text).toContain('lead → deal as of');
      expect(text).not.toContain('lead → conversation');
      expect(text).toMatch(/single steps of the funnel: -f csv and -f json list them/);
      expect(render(format)).not.toContain('single steps');
    }
    expect(render('csv', {}, all)).toContain('lead,conversation');
    expect(JSON.parse(render('json', {}, all)).backtest).toHaveLength(2 * BACKTEST.rows.length);
  });

  it.each([
    [{ inside: 1 }, '! 1 of 5 outcomes lay within their 80% interval, fewer than should'],
    [{ insideLow: 0.2, insideHigh: 0.6 }, '4 of 5 outcomes lay within their 80% interval, more than should'],
    [{ insideLow: 0.41, insideHigh: 0.99 }, 'as they should (3 to 4 would do)'],
  ])('says what the intervals are worth: %j', (summary, words) => {
    expect(render('table', { width: 200 }, file(scored(summary)))).toContain(words);
  });

  it.each([
    [0, 0, 'by 0% with'],
    [0.003, 0.001, 'by under 1% with'],
    [Math.log(1.12), 0.05, 'by 12% with'],
    [Math.log(1.12), -0.06, 'by 12%, mostly too high, with'],
    [Math.log(2.5), 0.9, 'by 150%, mostly too low, with'],
  ])('says by how much goals are off: %d, bias %d', (rms, bias, words) => {
    const errors = [{ method: 'leadgoal', rms, bias }] as const;
    const text = render('table', { width: 200 }, file(scored({ errors })));
    expect(text).toContain(`Lead goals would have been off ${words} leadgoal's rate.`);
  });

  it.each([
    ['usual', BACKTEST],
    ['empty', NOTHING],
  ])('%s: fits every width, with and without colour and box characters', (_, backtest) => {
    expectSound(backtestView(file(backtest)));
  });
});

const KEYS = 'as_of from to records truth leadgoal naive won_of_closed last_year low high inside'.split(' ');

describe('for programs', () => {
  it('JSON has the head of every result, how it was made, the rows and the scores', () => {
    const all = JSON.parse(render('json'));
    expect(Object.keys(all)).toEqual([
      'format',
      'version',
      'plan',
      'inputs',
      'made',
      'backtest',
      'summary',
      'warnings',
    ]);
    expect(all.format).toBe('leadgoal.backtest');
    expect(all.made).toMatchObject({ as_of: '2026-12-31', log_from: '2025-03-01', rows: 12_000 });
    for (const row of all.backtest) expect(Object.keys(row)).toEqual(KEYS);
    expect(all.backtest[0]).toMatchObject({ as_of: '2025-03-31', from: 'lead', to: 'close', inside: true });
    expect(all.backtest[0].leadgoal).toBe(0.04123456789);
    expect(all.backtest[5]).toMatchObject({ truth: null, inside: null, last_year: 0.0377 });
    expect(all.summary).toEqual({
      rows: 5,
      inside: 4,
      inside_low: 0.4,
      inside_high: 1,
      errors: BACKTEST.summary.errors.map((of) => ({ ...of, bias: Number(of.bias.toPrecision(4)) })),
      pinball: 0.001235,
      brier: 0.0365,
    });
  });

  it('JSON and CSV of nothing are empty lists', () => {
    expect(JSON.parse(render('json', {}, file(NOTHING)))).toMatchObject({
      backtest: [],
      summary: { rows: 0, errors: [], pinball: null },
    });
    expect(render('csv', {}, file(NOTHING))).toBe(`plan,data_to,${KEYS.join(',')}\n`);
  });

  it('CSV has a line a day and holds what the JSON does', () => {
    const rows = parseCsv(render('csv'), { columns: true }) as Readonly<Record<string, string>>[];
    const written = (JSON.parse(render('json')).backtest as Readonly<Record<string, unknown>>[]).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, value === null ? '' : String(value)]),
      ),
    );
    expect(rows).toEqual(written.map((row) => ({ plan: 'Northwind', data_to: '2026-12-31', ...row })));
    expect(render('csv', { bom: true })).toBe(`\ufeff${render('csv')}`);
  });

  it.each(['table', 'plain', 'json', 'csv', 'markdown'] as const)(
    '%s: the same input, the same bytes',
    (format) => {
      expect(render(format)).toBe(render(format));
    },
  );
});
