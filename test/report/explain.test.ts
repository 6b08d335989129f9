/** An explanation in every format: a chance and a what-if in words that fit the width, and in rows that say the same. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/report/text-width.ts';
import { runCli } from '../support/run-cli.ts';

const NORTHWIND = resolve(import.meta.dirname, '../../fixtures/northwind');

const QUARTER = ['explain', '--team', 'West', '--period', 'FY2028-Q2', '--quiet'];
const SETS = [
  'rates.opportunity_to_close=+10%',
  'deal_size[team=West]=30000',
  'lags.opportunity_to_close=+1 month',
];
const WHAT_IF = [...QUARTER, ...SETS.flatMap((set) => ['--set', set])];

async function outOf(args: readonly string[]): Promise<string> {
  const { out, code, err } = await runCli(args, { cwd: NORTHWIND });
  expect(code, err).toBe(0);
  return out;
}

interface Explained {
  readonly steps: readonly {
    readonly step: string;
    readonly text: string;
    readonly inputs: readonly {
      readonly name: string;
      readonly value: number;
      readonly where: string | null;
    }[];
    readonly result: { readonly name: string; readonly value: number; readonly unit: string };
  }[];
}

const json = async (args: readonly string[]): Promise<Explained> =>
  JSON.parse(await outOf([...args, '-f', 'json']));

describe('a chance', () => {
  test('is the one that the plan prints, with the leads it would take', async () => {
    const { chances } = JSON.parse(await outOf(['plan', '--quiet', '-f', 'json']));
    const row = chances.find(
      ({ team, period }: { team: string; period: string }) => team === 'West' && period === 'FY2028-Q2',
    );
    const { steps } = await json(QUARTER);
    const chance = steps.find(({ step }) => step === 'chance')!;
    expect(chance.result).toEqual({ name: 'chance of FY2028-Q2', value: row.chance, unit: 'chance' });
    expect(steps.at(-1)!.result.value).toBe(row.extra_leads);
    const averaged = chance.inputs.reduce((sum, { value }) => sum + value, 0) / chance.inputs.length;
    expect(chance.inputs.length).toBe(32);
    expect(Math.abs(averaged - row.chance)).toBeLessThan(1e-4);
  });

  test.each([60, 80, 120])('and a what-if fit %i columns', async (width) => {
    const text = await outOf([...WHAT_IF, '--width', String(width)]);
    for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    expect(text).not.toMatch(/undefined|NaN|Infinity|\u00a0/);
    // of the 32 outcomes the lowest, the highest, and six between
    expect(text.match(/rates × \d/g)?.length).toBe(8);
    expect(text).toContain('… and 24 more');
    expect(await outOf([...WHAT_IF, '--width', String(width), '--ascii'])).toMatch(/^[\n -~]*$/);
  });

  test('has a row for every outcome as CSV, and all of them in Markdown', async () => {
    const rows = (await outOf([...QUARTER, '-f', 'csv'])).split('\n');
    expect(rows.filter((row) => /,chance,input,rates × /.test(row)).length).toBe(32);
    expect(rows.filter((row) => /,chance,result,/.test(row)).length).toBe(1);
    const { steps } = await json(QUARTER);
    expect(rows.length).toBe(2 + steps.reduce((sum, { inputs }) => sum + inputs.length + 1, 0));
    const markdown = await outOf([...QUARTER, '-f', 'markdown']);
    expect(markdown.match(/^\| rates × /gm)?.length).toBe(32);
  });

  test('is not of a month, a rep, a source, an owner or a stage', async () => {
    const parts = ['--rep R02', '--source inbound', '--owner sales', '--stage opportunity'];
    const asked = parts.map((part) => ['explain', '--period', 'FY2028-Q2', '--quiet', ...part.split(' ')]);
    for (const args of [...asked, ['explain', '--team', 'West', '--period', '2027-06', '--quiet']])
      expect((await json(args)).steps.at(-1)!.step).toBe('whole');
  });
});

describe('a what-if', () => {
  test('says all changes first, then each where it is used, with its row', async () => {
    const { steps } = await json(WHAT_IF);
    expect(steps[0]).toMatchObject({
      step: 'what_if',
      text: 'What if: rates.opportunity_to_close +10%, deal_size of West 30000, lags.opportunity_to_close +1 month: all that follows rests on it.',
      result: { value: 3, unit: 'changes' },
    });
    const changed = steps.filter(({ step }) => step === 'change');
    expect(changed.map(({ text }) => text)).toEqual([
      'Deal size is set to 30000 for the what-if.',
      'Opportunity → close is set +10% for the what-if.',
      'The wait opportunity → close is set +1 month for the what-if.',
    ]);
    expect(changed.map(({ inputs }) => inputs[0]!.where)).toEqual([
      'leadgoal.yaml:14',
      expect.stringMatching(/^rates\.csv:[23]$/),
      'leadgoal.yaml:19',
    ]);
    expect(changed[0]!.result.value).toBe(30_000);
    const [before, times] = changed[1]!.inputs.map(({ value }) => value);
    expect(changed[1]!.result.value).toBeCloseTo(before! * times!, 5);
  });
});
