/** Goals that were saved with `leadgoal plan -o goals.json`, as one side of a comparison. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSavedResult, savedFormat } from '../../src/files/saved-result.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { planJson } from '../../src/report/plan/plan-json.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';
import { compare, isUnchanged } from '../../src/scenario/compare/comparison.ts';
import { compared } from '../support/compared.ts';
import { randomPlan } from '../support/random-plan.ts';
import { planOf, quotaOf, rep, smallModel } from '../support/small-model.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const path = join(folder, 'goals.json');
  writeFileSync(path, text);
  return path;
}

function read(text: string) {
  const path = written(text);
  return readSavedResult({ name: 'goals.json', path, scenario: null, format: 'leadgoal.plan' });
}

const textOf = (model: PlanModel, selection: Partial<Selection> = {}): string =>
  [...planJson(planOf(model), { ...EVERYTHING, spend: null, ...selection }, [])].join('');

const saved = (selection: Partial<Selection> = {}): string => textOf(smallModel(), selection);

describe('a saved result', () => {
  it('has the goals, quotas, bridge and assumptions of the plan it was saved from', () => {
    fc.assert(
      fc.property(randomPlan(), ({ model }) => {
        const { value } = read(textOf(model));
        const side = compared(model, 'b');
        expect(value!.lines.map(({ goals, quota }) => [goals, quota])).toEqual(
          side.lines.map(({ goals, quota }) => [goals, quota]),
        );
        expect(value!.bridge).toEqual(side.bridge);
        expect(isUnchanged(compare(value!, side, ['month', 'quarter', 'year']))).toBe(true);
        expect(isUnchanged(compare(side, value!, ['month', 'quarter', 'year']))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('has both stays of somebody who left and came back', () => {
    const stays = [
      rep('Ana Ruiz', 'East', { end: '2027-04-30' }),
      rep('Ana Ruiz', 'East', { start: '2027-08-01' }),
    ];
    const model = smallModel({ reps: stays, quotas: stays.map((of) => quotaOf(of, 500_000)) });
    const { value } = read(textOf(model));
    expect(isUnchanged(compare(value!, compared(model, 'b'), ['month', 'quarter', 'year']))).toBe(true);
  });

  it('is known by its format, wherever that stands in it; a plan file is none', () => {
    expect(savedFormat(written(saved()))).toBe('leadgoal.plan');
    expect(savedFormat(written('{ "version": "1.0",\n "format": "leadgoal.coverage" }'))).toBe(
      'leadgoal.coverage',
    );
    expect(savedFormat(written('{ "name": "Tiny", "quotas": "quotas.csv" }'))).toBe(null);
    expect(savedFormat(written('quotas: quotas.csv\n'))).toBe(null);
    expect(savedFormat(join(folder, 'nowhere.json'))).toBe(null);
  });

  it.each([
    ['a team', { teams: ['East'] }, 'agreed_partial'],
    ['a stage', { stages: ['close'] }, 'agreed_partial'],
    ['quarters', { by: 'quarter' }, 'agreed_without_goals'],
  ] as const)('of %s alone is refused', (_, selection, code) => {
    const { value, problems } = read(saved(selection));
    expect([value, problems.map((problem) => problem.code)]).toEqual([null, [code]]);
  });

  it.each([
    ['of another kind', saved().replace('leadgoal.plan', 'leadgoal.coverage')],
    ['that ends early', saved().slice(0, -20)],
    ['that ends before it begins', saved().replace('"to":"2028-01"', '"to":"2026-01"')],
    ['from no month', saved().replace('"from":"2027-02"', '"from":"2027-13"')],
    ['without its bridge', saved().replace('"bridge"', '"bridges"')],
  ])('%s is none', (_, text) => {
    const { value, problems } = read(text);
    expect([value, problems.map((problem) => problem.code)]).toEqual([null, ['saved_unreadable']]);
  });
});
