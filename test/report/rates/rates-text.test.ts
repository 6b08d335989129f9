/** The report on a history as people read it: golden, and sound at every width. */
import { describe, expect, it } from 'vitest';
import type { HistoryEstimate } from '../../../src/history/estimate.ts';
import { type RatesFormat, renderRates } from '../../../src/report/rates/rates.ts';
import { ratesView } from '../../../src/report/rates/rates-view.ts';
import type { Selection } from '../../../src/report/selection.ts';
import { widthOf } from '../../../src/report/text-width.ts';
import {
  cohorts,
  EMPTY,
  ESTIMATE,
  oneStep,
  ratesFile,
  withNames,
  withReps,
  withSources,
} from '../../support/history-estimate.ts';
import { expectSound } from '../../support/rendered.ts';

const STYLE = { width: 100, ascii: false, colour: false, bom: false };

interface Asked {
  readonly format?: RatesFormat;
  readonly style?: Partial<typeof STYLE>;
  readonly estimate?: HistoryEstimate;
  readonly selection?: Partial<Selection>;
}

function render({ format = 'table', style, estimate = ESTIMATE, selection }: Asked = {}): string {
  return [...renderRates(format, ratesFile(estimate, selection), { ...STYLE, ...style })].join('');
}

/** Lines begin after the first line break and end before the last, so that they stand as they are printed. */
const golden = (text: string): string => text.slice(1);

const sections = (text: string): string[] => text.split('\n\n');

const withNaive = (naive: number): HistoryEstimate => ({
  ...ESTIMATE,
  rates: ESTIMATE.rates.map((rate) => ({ ...rate, naive })),
});

/** Columns up to the rate. */
const widthBefore = (line: string): number => widthOf(line.slice(0, line.indexOf(' 50.1% ')));

describe('the report on a history', () => {
  it('at 100 columns', () => {
    expect(render()).toBe(
      golden(`
Northwind · CRM history of 12,000 records · data to 31 Dec 2026
3.9% of leads become deals (80% interval 3.6–4.1%), half of those within 96 days.
Step by step: lead → conversation 50.1%, median 38 days; conversation → opportunity 31.2%,
  median 67 days; opportunity → deal 24.9%, median 96 days.
A spreadsheet would say 2.6% (naive: 310 of 12,000): lead goals 51% too high, as many leads have not
  had their time yet.
! left out: 3 records that end before they start (row 12 of leads.csv, A-17: 2018-12-07; row 1400 of
  leads.csv: =1+1: no # "x"; A-19)
! left out: 121 dates after the as-of day (row 7: 2027-03-01 …)
! left out: 1 record of an id that was there before
the log starts late: lead → conversation on 1 Mar 2025; older records count only from that day on

lead → deal     records  converted  naive   rate  80% interval  maturity  median lag  answered by
Company          12,000        310   2.6%   3.9%      3.6–4.1%       66%     96 days  company
EMEA              3,000         78   2.6%   3.9%      3.6–4.1%       67%     96 days  team
  UK              2,400         62   2.6%   3.9%      3.6–4.1%       66%     96 days  team
    Ana Ruiz      1,714         44   2.6%   3.9%      3.6–4.1%       66%     96 days  rep
West              2,000         52   2.6%   3.9%      3.6–4.1%       67%     96 days  team
  Ben "B" Cho     1,500         39   2.6%   3.9%      3.6–4.1%       67%     96 days  rep
  Cy                  0          0      –      –             –         –           –  too little
lead → deal, by source
inbound           6,000        155   2.6%   3.9%      3.6–4.1%       66%     96 days  company
outbound, cold    4,000        103   2.6%   3.9%      3.6–4.1%       66%     96 days  company
lead → conversation
Company          12,000      5,900  49.2%  50.1%    46.6–53.1%       98%     38 days  company
EMEA              3,000      1,475  49.2%  50.1%    46.6–53.1%       98%     38 days  team
  UK              2,400      1,180  49.2%  50.1%    46.6–53.1%       98%     38 days  team
    Ana Ruiz      1,714        843  49.2%  50.1%    46.6–53.1%       98%     38 days  rep
West              2,000        983  49.1%  50.1%    46.6–53.1%       98%     38 days  team
  Ben "B" Cho     1,500        738  49.2%  50.1%    46.6–53.1%       98%     38 days  rep
  Cy                  0          0      –      –             –         –           –  too little
lead → conversation, by source
inbound           6,000      2,950  49.2%  50.1%    46.6–53.1%       98%     38 days  company
outbound, cold    4,000      1,967  49.2%  50.1%    46.6–53.1%       98%     38 days  company
conversation → opportunity
Company           5,900      1,800  30.5%  31.2%    29.0–33.1%       98%     67 days  company
EMEA              1,475        450  30.5%  31.2%    29.0–33.1%       98%     67 days  team
  UK              1,180        360  30.5%  31.2%    29.0–33.1%       98%     67 days  team
    Ana Ruiz        843        257  30.5%  31.2%    29.0–33.1%       98%     67 days  rep
West                983        300  30.5%  31.2%    29.0–33.1%       98%     67 days  team
  Ben "B" Cho       738        225  30.5%  31.2%    29.0–33.1%       98%     67 days  rep
  Cy                  0          0      –      –             –         –           –  too little
conversation → opportunity, by source
inbound           2,950        900  30.5%  31.2%    29.0–33.1%       98%     67 days  company
outbound, cold    1,967        600  30.5%  31.2%    29.0–33.1%       98%     67 days  company
opportunity → deal
Company           1,800        310  17.2%  24.9%    23.1–26.4%       69%     96 days  company
EMEA                450         78  17.3%  24.9%    23.1–26.4%       70%     96 days  team
  UK                360         62  17.2%  24.9%    23.1–26.4%       69%     96 days  team
    Ana Ruiz        257         44  17.1%  24.9%    23.1–26.4%       69%     96 days  rep
West                300         52  17.3%  24.9%    23.1–26.4%       70%     96 days  team
  Ben "B" Cho       225         39  17.3%  24.9%    23.1–26.4%       70%     96 days  rep
  Cy                  0          0      –      –             –         –           –  too little
opportunity → deal, by source
inbound             900        155  17.2%  24.9%    23.1–26.4%       69%     96 days  company
outbound, cold      600        103  17.2%  24.9%    23.1–26.4%       69%     96 days  company
80% lags left out: 100 columns are too few; --width 107 shows them

how long it takes, of all that ever convert
                 lead → conv.  conv. → opp.  opp. → deal │ lead → deal
same month                76%           38%          12% │ ░░░░░░░░░░░░░░░░░░░░    2%
1 month later             98%           80%          44% │ ██░░░░░░░░░░░░░░░░░░   11%
2 months later           100%           96%          72% │ █████░░░░░░░░░░░░░░░   24%
3 months later           100%          100%          88% │ ████████░░░░░░░░░░░░   39%
4 months later           100%          100%         100% │ ███████████░░░░░░░░░   53%
5 months later           100%          100%         100% │ █████████████░░░░░░░   64%
6 months later           100%          100%         100% │ ███████████████░░░░░   73%
9 months later           100%          100%         100% │ ██████████████████░░   90%
12 months later          100%          100%         100% │ ███████████████████░   97%
15 months later          100%          100%         100% │ ████████████████████  >99%

% of leads that became deals, by months of age
           leads │    0     1     2     3     4     5     6     7     8     9    10    11
Jan 2026     900 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█  3.6█  3.7█  3.7█  3.8█  3.8█
Feb 2026     910 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█  3.6█  3.7█  3.7█  3.8█
Mar 2026     920 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█  3.6█  3.7█  3.7█
Apr 2026     930 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█  3.6█  3.7█
May 2026     940 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█  3.6█
Jun 2026     950 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█  3.4█
Jul 2026     960 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█  3.2█
Aug 2026     970 │ 0.0   1.2▒  2.0▓  2.6▓  3.0█
Sep 2026     980 │ 0.0   1.2▒  2.0▓  2.6▓
Oct 2026     990 │ 0.0   1.2▒  2.0▓
Nov 2026   1,000 │ 0.0   1.2▒
Dec 2026   1,010 │ 0.0

deal size      deals     mean  variation
Company          310  $24,313        71%
West             120  $30,500        71%
  Ben "B" Cho      1   $8,000          –
deal size, by source
inbound          200  $21,000        71%
`),
    );
  });

  it('at 60 columns', () => {
    expect(render({ style: { width: 60 } })).toBe(
      golden(`
Northwind · CRM history of 12,000 records · data to
  31 Dec 2026
3.9% of leads become deals (80% interval 3.6–4.1%), half of
  those within 96 days.
Step by step: lead → conversation 50.1%, median 38 days;
  conversation → opportunity 31.2%, median 67 days;
  opportunity → deal 24.9%, median 96 days.
A spreadsheet would say 2.6% (naive: 310 of 12,000): lead
  goals 51% too high, as many leads have not had their time
  yet.
! left out: 3 records that end before they start (row 12 of
  leads.csv, A-17: 2018-12-07; row 1400 of leads.csv: =1+1:
  no # "x"; A-19)
! left out: 121 dates after the as-of day (row 7: 2027-03-01
  …)
! left out: 1 record of an id that was there before
the log starts late: lead → conversation on 1 Mar 2025;
  older records count only from that day on

lead → deal     records  converted   rate  80% interval
Company          12,000        310   3.9%      3.6–4.1%
EMEA              3,000         78   3.9%      3.6–4.1%
  UK              2,400         62   3.9%      3.6–4.1%
    Ana Ruiz      1,714         44   3.9%      3.6–4.1%
West              2,000         52   3.9%      3.6–4.1%
  Ben "B" Cho     1,500         39   3.9%      3.6–4.1%
  Cy                  0          0      –             –
lead → deal, by source
inbound           6,000        155   3.9%      3.6–4.1%
outbound, cold    4,000        103   3.9%      3.6–4.1%
lead → conversation
Company          12,000      5,900  50.1%    46.6–53.1%
EMEA              3,000      1,475  50.1%    46.6–53.1%
  UK              2,400      1,180  50.1%    46.6–53.1%
    Ana Ruiz      1,714        843  50.1%    46.6–53.1%
West              2,000        983  50.1%    46.6–53.1%
  Ben "B" Cho     1,500        738  50.1%    46.6–53.1%
  Cy                  0          0      –             –
lead → conversation, by source
inbound           6,000      2,950  50.1%    46.6–53.1%
outbound, cold    4,000      1,967  50.1%    46.6–53.1%
conversation → opportunity
Company           5,900      1,800  31.2%    29.0–33.1%
EMEA              1,475        450  31.2%    29.0–33.1%
  UK              1,180        360  31.2%    29.0–33.1%
    Ana Ruiz        843        257  31.2%    29.0–33.1%
West                983        300  31.2%    29.0–33.1%
  Ben "B" Cho       738        225  31.2%    29.0–33.1%
  Cy                  0          0      –             –
conversation → opportunity, by source
inbound           2,950        900  31.2%    29.0–33.1%
outbound, cold    1,967        600  31.2%    29.0–33.1%
opportunity → deal
Company           1,800        310  24.9%    23.1–26.4%
EMEA                450         78  24.9%    23.1–26.4%
  UK                360         62  24.9%    23.1–26.4%
    Ana Ruiz        257         44  24.9%    23.1–26.4%
West                300         52  24.9%    23.1–26.4%
  Ben "B" Cho       225         39  24.9%    23.1–26.4%
  Cy                  0          0      –             –
opportunity → deal, by source
inbound             900        155  24.9%    23.1–26.4%
outbound, cold      600        103  24.9%    23.1–26.4%
naive, maturity, lags and who answered left out: 60 columns
  are too few; --width 107 shows them

how long it takes, of all that ever convert
                 lead → deal
same month       ░░░░░░░░░░░░░░░░░░░░    2%
1 month later    ██░░░░░░░░░░░░░░░░░░   11%
2 months later   █████░░░░░░░░░░░░░░░   24%
3 months later   ████████░░░░░░░░░░░░   39%
4 months later   ███████████░░░░░░░░░   53%
5 months later   █████████████░░░░░░░   64%
6 months later   ███████████████░░░░░   73%
9 months later   ██████████████████░░   90%
12 months later  ███████████████████░   97%
15 months later  ████████████████████  >99%
single steps left out: 60 columns are too few; --width 85
  shows them

% of leads that became deals, by months of age
           leads │    0     1     3     6    11
Jan 2026     900 │ 0.0   1.2▒  2.6▓  3.4█  3.8█
Feb 2026     910 │ 0.0   1.2▒  2.6▓  3.4█
Mar 2026     920 │ 0.0   1.2▒  2.6▓  3.4█
Apr 2026     930 │ 0.0   1.2▒  2.6▓  3.4█
May 2026     940 │ 0.0   1.2▒  2.6▓  3.4█
Jun 2026     950 │ 0.0   1.2▒  2.6▓  3.4█
Jul 2026     960 │ 0.0   1.2▒  2.6▓
Aug 2026     970 │ 0.0   1.2▒  2.6▓
Sep 2026     980 │ 0.0   1.2▒  2.6▓
Oct 2026     990 │ 0.0   1.2▒
Nov 2026   1,000 │ 0.0   1.2▒
Dec 2026   1,010 │ 0.0
ages between left out: 60 columns are too few; --width 89
  shows them

deal size      deals     mean  variation
Company          310  $24,313        71%
West             120  $30,500        71%
  Ben "B" Cho      1   $8,000          –
deal size, by source
inbound          200  $21,000        71%
`),
    );
  });

  it('with all columns where there is room', () => {
    const [, rates] = sections(render({ style: { width: 120 } }));
    expect(rates!.split('\n').slice(0, 4).join('\n').concat('\n')).toBe(
      golden(`
lead → deal     records  converted  naive   rate  80% interval  maturity  median lag   80% lag  answered by
Company          12,000        310   2.6%   3.9%      3.6–4.1%       66%     96 days  205 days  company
EMEA              3,000         78   2.6%   3.9%      3.6–4.1%       67%     96 days  205 days  team
  UK              2,400         62   2.6%   3.9%      3.6–4.1%       66%     96 days  205 days  team
`),
    );
    expect(rates).not.toContain('left out');
  });

  it('for consoles with plain characters', () => {
    const text = render({ format: 'plain', style: { ascii: true, width: 90 } });
    expect(sections(text).slice(2).join('\n\n')).toBe(
      golden(`
how long it takes, of all that ever convert
                 lead -> conv.  conv. -> opp.  opp. -> deal   lead -> deal
same month                 76%            38%           12%   ....................    2%
1 month later              98%            80%           44%   ##..................   11%
2 months later            100%            96%           72%   #####...............   24%
3 months later            100%           100%           88%   ########............   39%
4 months later            100%           100%          100%   ###########.........   53%
5 months later            100%           100%          100%   #############.......   64%
6 months later            100%           100%          100%   ###############.....   73%
9 months later            100%           100%          100%   ##################..   90%
12 months later           100%           100%          100%   ###################.   97%
15 months later           100%           100%          100%   ####################  >99%

% of leads that became deals, by months of age
           leads      0     1     2     3     4     5     6     7     8     9    10    11
Jan 2026     900   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#  3.6#  3.7#  3.7#  3.8#  3.8#
Feb 2026     910   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#  3.6#  3.7#  3.7#  3.8#
Mar 2026     920   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#  3.6#  3.7#  3.7#
Apr 2026     930   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#  3.6#  3.7#
May 2026     940   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#  3.6#
Jun 2026     950   0.0   1.2:  2.0+  2.6+  3.0#  3.2#  3.4#
Jul 2026     960   0.0   1.2:  2.0+  2.6+  3.0#  3.2#
Aug 2026     970   0.0   1.2:  2.0+  2.6+  3.0#
Sep 2026     980   0.0   1.2:  2.0+  2.6+
Oct 2026     990   0.0   1.2:  2.0+
Nov 2026   1,000   0.0   1.2:
Dec 2026   1,010   0.0

deal size      deals     mean  variation
Company          310  $24,313        71%
West             120  $30,500        71%
  Ben "B" Cho      1   $8,000          -
deal size, by source
inbound          200  $21,000        71%
`),
    );
  });

  it('with a bar for the line between groups', () => {
    expect(render({ style: { ascii: true } })).toContain('12% | ....................    2%');
  });

  it('plain is the table without lines between groups, and never in colour', () => {
    const plain = render({ format: 'plain', style: { colour: true } });
    expect(plain).toBe(render().replaceAll('│', ' ').replaceAll(/ +\n/g, '\n'));
    expect(render({ style: { colour: true } })).toContain('\u001b[1m');
  });

  it('as Markdown', () => {
    const text = render({ format: 'markdown', estimate: oneStep(ESTIMATE) });
    expect(text).toBe(
      golden(`
**Northwind · CRM history of 12,000 records · data to 31 Dec 2026**

3\\.9% of leads become deals (80% interval 3.6–4.1%), half of those within 96 days.

A spreadsheet would say 2.6% (naive: 310 of 12,000): lead goals 51% too high, as many leads have not had their time yet.

**!** left out: 3 records that end before they start (row 12 of leads.csv, A-17: 2018-12-07; row 1400 of leads.csv: =1+1: no # "x"; A-19)

**!** left out: 121 dates after the as-of day (row 7: 2027-03-01 …)

**!** left out: 1 record of an id that was there before

the log starts late: lead → deal on 1 Mar 2025; older records count only from that day on

### lead → deal

|  | records | converted | naive | rate | 80% interval | maturity | median lag | 80% lag | answered by |
| :-- | --: | --: | --: | --: | --: | --: | --: | --: | :-- |
| **Company** | **12,000** | **310** | **2.6%** | **3.9%** | **3.6–4.1%** | **66%** | **96 days** | **205 days** | **company** |
| **West** | **2,000** | **52** | **2.6%** | **3.9%** | **3.6–4.1%** | **67%** | **96 days** | **205 days** | **team** |
| &emsp;Ben "B" Cho | 1,500 | 39 | 2.6% | 3.9% | 3.6–4.1% | 67% | 96 days | 205 days | rep |
| &emsp;Cy | 0 | 0 | – | – | – | – | – | – | too little |

### how long it takes, of all that ever convert

|  | lead → deal |  |
| :-- | :-- | --: |
| same month | █████░░░░░░░░░░░░░░░ | 25% |
| 1 month later | ███████████████░░░░░ | 75% |
| 2 months later | ████████████████████ | 100% |

### % of leads that became deals, by months of age

|  | leads | 0 | 1 | 2 |
| :-- | --: | --: | --: | --: |
| Oct 2026 | 900 | 0.0  | 1.2▓ | 2.0█ |
| Nov 2026 | 910 | 0.0  | 1.2▓ |  |
| Dec 2026 | 920 | 0.0  |  |  |

### deal size

|  | deals | mean | variation |
| :-- | --: | --: | --: |
| **Company** | **310** | **\\$24,313** | **71%** |
| **West** | **120** | **\\$30,500** | **71%** |
| &emsp;Ben "B" Cho | 1 | \\$8,000 | – |
`),
    );
  });
});

describe('what was asked for', () => {
  it('of a team is only its own', () => {
    const [head, rates, ...more] = sections(render({ selection: { teams: ['West'] } }));
    expect(head!.split('\n')[0]).toBe(
      'Northwind · CRM history of 12,000 records · data to 31 Dec 2026 · only West',
    );
    expect(rates).toMatch(/^West +2,000 +983/m);
    expect(rates).not.toMatch(/^Company|^EMEA/m);
    expect(more.map((text) => text.split(' ')[0])).toEqual(['deal']);
  });

  it('of a source has its own curve, and no other source', () => {
    const text = render({ selection: { sources: ['inbound'] } });
    expect(text).toContain('1 month later  ████████████████████  100%');
    expect(text).not.toContain('by source');
    expect(text).not.toContain('outbound');
  });

  it('of several sources names them beside whose rates they are', () => {
    const text = render({ selection: { sources: ['inbound', 'outbound, cold'] } });
    expect(text).toMatch(/^Company, inbound +6,000/m);
    expect(text).toMatch(/^Company, outbound, cold +4,000/m);
  });

  it('of a stage has the transitions from and to it', () => {
    const [, rates] = sections(render({ selection: { stages: ['opportunity'] } }));
    expect(rates).toContain('conversation → opportunity');
    expect(rates).toContain('opportunity → deal');
    expect(rates).not.toContain('lead →');
  });

  it('that is nothing says so', () => {
    expect(render({ selection: { teams: ['Nobody'] } })).toContain('Nothing in the history is selected.');
  });
});

describe('histories of every kind', () => {
  it('without anything known', () => {
    expect(render({ estimate: EMPTY, style: { width: 110 } })).toBe(
      golden(`
Northwind · CRM history of no records · data to 31 Dec 2026
! too little data for lead → deal: no leads, no deals

lead → deal  records  converted  naive  rate  80% interval  maturity  median lag  80% lag  answered by
Company            0          0      –     –             –         –           –        –  too little
`),
    );
  });

  it('with more reps and sources than a screen holds', () => {
    const text = render({ estimate: withReps(31) });
    expect(text).not.toContain('Rep 000');
    expect(text).toContain('not listed: 31 reps: --level rep lists them');
    expect(render({ estimate: withReps(31), selection: { level: 'rep' } })).toContain('Rep 030');
    expect(render({ estimate: withReps(30) })).toContain('Rep 029');
    const sources = render({ estimate: withSources(14) });
    expect(sources).toContain('not listed: 2 sources of few records: --source NAME shows one');
    expect(sources).toContain('source 13');
    expect(sources).not.toContain('source 01');
  });

  it('with a naive ratio that is right, that is too high, or that is nothing', () => {
    expect(render({ estimate: withNaive(0.0389) })).toContain('(naive: 310 of 12,000): as good as the same.');
    expect(render({ estimate: withNaive(0.0778) })).toContain(': lead goals 50% too low.');
    expect(render({ estimate: withNaive(0) })).toContain('(naive: 310 of 12,000): no goal at all.');
  });

  it('with a cohort a quarter where months are too many', () => {
    const { triangles } = ESTIMATE;
    const [{ rows }] = triangles as [(typeof triangles)[number]];
    const months = [...rows, ...rows].map((of, index) => ({ ...of, month: rows[0]!.month - 12 + index }));
    const text = render({
      estimate: { ...ESTIMATE, triangles: [{ from: 0, to: 3, rows: months as never }] },
    });
    expect(text).toMatch(/^2025 Q1 +2,730 │/m);
    expect(text).toMatch(/^2026 Q4 +3,000 │ +0\.0$/m);
  });

  it('with a row for all years before the last eleven', () => {
    const text = render({
      estimate: { ...ESTIMATE, triangles: [{ from: 0, to: 3, rows: cohorts(45 * 12) }] },
    });
    const labels = [...text.matchAll(/^(before \d{4}|\d{4}) +[\d,]+ │/gm)].map(([, label]) => label);
    expect(labels).toEqual([
      'before 2016',
      ...Array.from({ length: 11 }, (_, index) => String(2016 + index)),
    ]);
  });

  it('with stages that are called by a name with a capital, which has no plural', () => {
    const text = render({ estimate: { ...oneStep(ESTIMATE), stages: ['Prospecting', 'Closed Won'] } });
    expect(text).toContain('3.9% of Prospecting become Closed Won (80% interval');
    expect(text).toContain('% of Prospecting that became Closed Won, by months of age');
    expect(text).not.toMatch(/Prospectings|Wons/);
  });

  it('with so many records that the interval is the rate', () => {
    const rates = ESTIMATE.rates.map((rate) => ({ ...rate, low: rate.rate, high: rate.rate }));
    expect(render({ estimate: { ...ESTIMATE, rates } })).toContain(
      '3.9% of leads become deals, half of those within',
    );
  });

  it('with names that would move the cursor, break lines or take two columns', () => {
    const estimate = withNames(['\u001b[2JEve', 'Ann\nLee', '=SUM(A1)', '李雷', '🦊 Fox', 'null']);
    const text = render({ estimate });
    expect(text).not.toMatch(/\u001b|Ann\n/);
    const rates = sections(text)[1]!.split('\n');
    const ends = new Set(rates.filter((line) => / 50\.1% /.test(line)).map((line) => widthBefore(line)));
    expect(ends.size).toBe(1);
    for (const name of ['Eve', 'Ann Lee', '=SUM(A1)', '李雷', '🦊 Fox', 'null'])
      expect(rates.some((line) => line.trim().startsWith(name))).toBe(true);
  });

  it.each([
    ['usual', ratesView(ratesFile(ESTIMATE))],
    ['empty', ratesView(ratesFile(EMPTY))],
    ['large', ratesView(ratesFile(withReps(200), { level: 'rep' }))],
  ])('%s: fits every width, with and without colour and box characters', (_, blocks) => {
    expectSound(blocks);
  });
});
