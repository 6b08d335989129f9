import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import { renderPlanMarkdown } from '../../src/report/markdown.ts';
import { EVERYTHING } from '../../src/report/selection.ts';
import { randomPlan } from '../support/random-plan.ts';
import { planOf, quotaOf, rep, smallModel } from '../support/small-model.ts';

const render = (parts: Parameters<typeof smallModel>[0] = {}): string =>
  renderPlanMarkdown(planOf(smallModel(parts)), { ...EVERYTHING, by: 'quarter', level: 'team' });

/** Cells of a row as GitHub reads it: a bar ends a cell unless a backslash stands before it. */
function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!(?<!\\)(?:\\\\)*\\)\|/)
    .map((cell) => cell.trim());
}

function checkTables(text: string): void {
  for (const paragraph of text.split('\n\n').filter((part) => part.startsWith('|'))) {
    const [head, rules, ...rows] = paragraph.trimEnd().split('\n').map(cellsOf);
    expect(rules!.every((rule) => rule === ':--' || rule === '--:')).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of [rules!, ...rows]) expect(row).toHaveLength(head!.length);
  }
}

describe('markdown', () => {
  it('is paragraphs and tables', () => {
    expect(
      render(),
    ).toBe(`**Northwind FY2028 · Feb 2027 – Jan 2028 · quota \\$12.2M · deal size \\$24,000 · data to 31 Jan 2027**

Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and 44 opportunities from partners.

**!** \\$478k of the year has no source in time. \\$232k is caught up by later leads (+326). \\$246k is on nobody: Ben Cho's first months.

The chance of reaching the quota is 39% in Q1, 41% in the year; 80% of the year would take 1,711 more leads.

### leads by owner

|  |  | FY28 Q1 | Q2 | Q3 | Q4 |
| :-- | :-- | --: | --: | --: | --: |
| marketing | inbound | 1,417 | 1,499 | 1,562 | 1,540 |
| sales | outbound | 1,529 | 1,616 | 1,696 | 1,654 |
| **Company** |  | **2,946** | **3,115** | **3,258** | **3,194** |

### opportunities, where partner begins

|  |  | FY28 Q1 | Q2 | Q3 | Q4 |
| :-- | :-- | --: | --: | --: | --: |
| partners | partner | 44 | 46 | 40 | 47 |

### leads by team

|  | FY28 Q1 | Q2 | Q3 | Q4 |
| :-- | --: | --: | --: | --: |
| EMEA | 1,098 | 1,199 | 1,164 | 1,076 |
| &emsp;DACH | 570 | 671 | 638 | 550 |
| &emsp;UK | 528 | 528 | 526 | 526 |
| East | 792 | 860 | 1,041 | 1,066 |
| West | 1,056 | 1,056 | 1,053 | 1,052 |

### why not just quota ÷ deal size ÷ rates?

|  | FY28 Q1 | Q2 | Q3 | Q4 |
| :-- | --: | --: | --: | --: |
| 70% of quota ÷ deal size ÷ rates | 2,843 | 2,983 | 3,168 | 3,191 |
| leads come 3.4 months before deals | −3 | −4 | −3 | 0 |
| catching up on what is late | +97 | +128 | +95 | +6 |
| whole leads per rep and source | +9 | +8 | −2 | −3 |
| **lead goal** | **2,946** | **3,115** | **3,258** | **3,194** |

### chance of reaching the quota

|  | FY28 Q1 | Q2 | Q3 | Q4 |
| :-- | --: | --: | --: | --: |
| Company | 39% | 44% | 44% | 54% |
| &emsp;more leads for 80% | 3,571 | 1,242 | 1,544 | 1,303 |
| EMEA | 24% | 48% | 68% | 67% |
| &emsp;DACH | 11% | 46% | 76% | 74% |
| &emsp;UK | 54% | 53% | 52% | 53% |
| East | 54% | 39% | 20% | 42% |
| West | 54% | 52% | 51% | 52% |

### rates

|  | lead → conversation | → opportunity | → deal | lead → deal | evidence |  |
| :-- | --: | --: | --: | --: | --: | :-- |
| inbound | 50.1% | 31.2% | 24.9% | 3.9% | 373 of 9,590 | typed, rates.csv:2 |
| outbound | 30.0% | 33.3% | 20.0% | 2.0% | 82 of 4,100 | typed, rates.csv:3 |
| partner | – | – | 30.0% | – | 60 of 200 | typed, rates.csv:4 |

lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.1 months on average

expansion brings 20% of the quota without leads

assumed: next year's quota flat at \\$1.06M a month; 89% of Q4's leads close there. Add FY2029.

assumed: 95.8 deals (\\$2.3M) in Feb – Jul 2027 come from records that exist on 31 Jan 2027, as many as the plan's own pace brings.
`);
  });

  it('takes names as text, whatever they hold', () => {
    const reps = [rep('A|B \\| <b>*x*</b>', 'Ea|st\nWest'), rep('1. `code` [link](x)', 'Ea|st\nWest')];
    const text = renderPlanMarkdown(
      planOf(smallModel({ name: '# no heading', reps, quotas: reps.map((of) => quotaOf(of, 900_000)) })),
      EVERYTHING,
    );
    checkTables(text);
    expect(text).toMatch(/^\*\*# no heading · /);
    expect(text).toContain('| &emsp;A\\|B \\\\\\| \\<b\\>\\*x\\*\\</b\\> |');
    expect(text).toContain('| Ea\\|st West |');
  });

  it('has as many cells in every row as in the head', () => {
    fc.assert(
      fc.property(randomPlan(), ({ model }) => {
        const plan = planGoals(model).value;
        fc.pre(plan !== null);
        checkTables(renderPlanMarkdown(plan, EVERYTHING));
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
