/** What the report says of the value of leads where a share of revenue is asked for. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlanModel } from '../../../src/plan/model.ts';
import type { Block, Table } from '../../../src/report/block.ts';
import { planJson } from '../../../src/report/plan/plan-json.ts';
import type { Asked } from '../../../src/report/plan/plan-scope.ts';
import { planView } from '../../../src/report/plan/plan-view.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { expectSound } from '../../support/rendered.ts';
import { FIXTURES, runCli } from '../../support/run-cli.ts';
import { planOf, smallModel } from '../../support/small-model.ts';

const view = (asked: Partial<Asked>, model: PlanModel = smallModel()): Block[] =>
  planView(planOf(model), { ...EVERYTHING, ...asked });

const tables = (blocks: readonly Block[]): Table[] =>
  blocks.filter(
    (block): block is Table => block.kind === 'table' && /^(what an? |budget)/.test(block.sections[0]!.title),
  );

interface ValueRow {
  readonly source: string;
  readonly stage: string;
  readonly value: number | null;
  readonly spend: number | null;
  readonly may_cost: number | null;
  readonly leads: number;
  readonly budget: number | null;
}

function json(asked: Partial<Asked> = {}, model: PlanModel = smallModel()): ValueRow[] {
  const text = [...planJson(planOf(model), { ...EVERYTHING, ...asked }, [])].join('');
  return JSON.parse(text).lead_values;
}

describe('what a lead is worth', () => {
  it('is shown only where a share of revenue is asked for; without one the rest is the same', () => {
    const plain = view({});
    expect(tables(plain)).toEqual([]);
    expect(view({ spend: 0.1 }).filter((block) => !tables([block]).length)).toEqual(plain);
  });

  it('stands by owner and source, apart for sources that begin later', () => {
    const [values, budget] = tables(view({ spend: 0.125 }));
    expect(values!.sections.map(({ title }) => title)).toEqual([
      'what a lead is worth',
      'what an opportunity is worth',
    ]);
    expect(values!.sections[0]!.rows.map(({ label }) => label)).toEqual([
      ['marketing', 'inbound'],
      ['sales', 'outbound'],
    ]);
    expect(values!.sections[1]!.rows[0]).toMatchObject({
      label: ['partners', 'partner'],
      // 60 of 200 at $24,000
      cells: { yield: '30.0%', size: '$24k', worth: '$7,200', cost: '$900' },
    });
    expect(values!.choices[0]!.columns.map(({ head }) => head)).toContain('may cost at 12.5%');
    expect(budget!.sections[0]!.rows.map(({ label }) => label.at(-1))).toEqual([
      'inbound',
      'outbound',
      'partner',
      'Company',
    ]);
  });

  it('is in JSON always, with what may be paid where it is asked for', () => {
    const without = json();
    expect(without.map(({ source, stage }) => [source, stage])).toEqual([
      ['inbound', 'lead'],
      ['outbound', 'lead'],
      ['partner', 'opportunity'],
    ]);
    for (const row of without) expect(row).toMatchObject({ spend: null, may_cost: null, budget: null });
    for (const row of json({ spend: 0.1 })) {
      expect(row.may_cost).toBeCloseTo(row.value! * 0.1, 1);
      expect(row.budget).toBeCloseTo(row.may_cost! * row.leads, 6);
    }
    expect(json({ sources: ['partner'] }).map(({ source }) => source)).toEqual(['partner']);
    const [west, all] = [json({ teams: ['West'] }), without];
    expect(west[0]!.leads).toBeLessThan(all[0]!.leads);
  });

  it('is not known where quotas count deals', () => {
    const model = smallModel({ quotaUnit: 'deals', currency: null, dealSizes: [] });
    const blocks = view({ spend: 0.1 }, model);
    expect(tables(blocks)).toEqual([]);
    expect(blocks).toContainEqual(
      expect.objectContaining({
        text: 'what a lead is worth is not known: quotas count deals, and no deal_size is given',
      }),
    );
    expect(json({ spend: 0.1 }, model)[2]).toMatchObject({
      spend: 0.1,
      value: null,
      may_cost: null,
      budget: null,
    });
  });

  it('of quotas in deals is that of the deal size given beside them, which nothing else rests on', () => {
    const model = smallModel({ quotaUnit: 'deals', currency: null, dealSizes: [] });
    const worth = { dealSizes: smallModel().dealSizes, currency: 'EUR' };
    const priced = view({ spend: 0.125 }, { ...model, worth });
    expect(tables(priced)[0]!.sections[1]!.rows[0]).toMatchObject({
      cells: { yield: '30.0%', size: '€24k', worth: '€7,200', cost: '€900' },
    });
    expect(view({}, { ...model, worth })).toEqual(view({}, model));
    const later = { ...worth.dealSizes[0]!, source: 'partner' };
    const [values] = tables(view({ spend: 0.125 }, { ...model, worth: { ...worth, dealSizes: [later] } }));
    expect(values!.sections.map(({ rows }) => rows[0]!.cells.worth)).toEqual(['–', '€7,200']);
  });

  it('fits every width', () => expectSound(view({ spend: 0.1 })));
});

describe('--spend', () => {
  const cwd = resolve(FIXTURES, 'northwind');
  it.each(['coverage', 'track', 'check', 'rates'])('is an unknown option of %s', async (command) => {
    const { code, out, err } = await runCli([command, '--spend', '10%'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("unknown option '--spend'");
  });

  it.each(['0%', '-5%', '101%', '25', 'ten', ''])('cannot be %j', async (share) => {
    const { code, out, err } = await runCli(['plan', `--spend=${share}`], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('write a share above 0% and up to 100%, such as 10%.');
  });

  it('is known of quotas in deals, with --set or a deal size in the plan', async () => {
    const cwd = resolve(FIXTURES, 'cases/sensitivity-teams');
    const args = ['plan', '--spend', '10%', '--quiet', '-f', 'json', '--by', 'year'];
    const values = async (more: readonly string[]): Promise<number[]> =>
      JSON.parse((await runCli([...args, ...more], { cwd })).out).lead_values.map(
        ({ value }: ValueRow) => value,
      );
    const [value] = await values(['--set', 'deal_size=1000']);
    expect(value).toBeGreaterThan(0);
    const [more] = await values(['--deal-size', '1000', '--set', 'deal_size=+10%']);
    expect(more! / value!).toBeCloseTo(1.1, 3);
  });

  it('may be all of it', async () => {
    const args = ['plan', '--spend', '100%', '--quiet', '-f', 'json', '--by', 'year'];
    const { out } = await runCli(args, { cwd });
    const rows: ValueRow[] = JSON.parse(out).lead_values;
    for (const { value, may_cost: cost } of rows) expect(cost).toBe(value);
  });
});
