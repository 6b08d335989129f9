/** Goals that were saved with `leadgoal plan -o goals.json`: what is read of them, and what is no saved plan. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSavedPlan } from '../../src/files/saved-plan.ts';
import { formatMonth } from '../../src/period/month.ts';
import { at, NOWHERE } from '../../src/problem.ts';
import { planJson } from '../../src/report/plan/plan-json.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';
import { savedPlanOf } from '../support/agreed-goals.ts';
import { counted, day, planOf, quotaOf, REPS, smallModel } from '../support/small-model.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const WHERE = at('leadgoal.yaml', 7, 9);

/** The one source of a plan that knows none. */
const SOURCE = { name: null, owner: null, share: 1, startsAt: 0, where: NOWHERE };
const RATES = counted({}, [1000, 500, 200, 50], 2);

/** What is read of a file with this text. */
function read(text: string | Uint8Array) {
  const path = join(folder, 'goals.json');
  writeFileSync(path, text);
  return readSavedPlan(path, { written: 'goals.json', where: WHERE });
}

const row = (of: object = {}) => ({
  level: 'rep',
  team: 'East',
  rep: 'Ana',
  rep_id: 'R1',
  territory: null,
  source: 'inbound',
  owner: 'marketing',
  grain: 'month',
  period: '2027-02',
  goals: { lead: 40, close: null },
  ...of,
});

/** The row of the whole company, which a plan that was saved whole has. */
const COMPANY = { level: 'company', team: null, source: null };

const saved = (goals: readonly object[], of: object = {}): string =>
  JSON.stringify({
    format: 'leadgoal.plan',
    plan: { name: 'P', as_of: '2027-01-31' },
    goals,
    totals: [COMPANY],
    ...of,
  });

describe('a saved plan', () => {
  it('is its name, its day and its monthly goals', () => {
    const { value, problems } = read(saved([row(), row({ period: '2027-03', goals: { lead: 0 } })]));
    expect(problems).toEqual([]);
    const { source, owner, ...rest } = value!.saved.goals[0]!.key;
    expect(value!.saved).toMatchObject({ path: 'goals.json', name: 'P', asOf: day('2027-01-31') });
    expect([source, owner]).toEqual(['inbound', 'marketing']);
    expect(rest).toEqual({ level: 'rep', team: 'East', rep: 'Ana', repId: 'R1', territory: null });
    expect(value!.saved.goals.map(({ month, goals }) => [formatMonth(month), goals])).toEqual([
      ['2027-02', { lead: 40, close: null }],
      ['2027-03', { lead: 0 }],
    ]);
  });

  it('stands among the inputs by the name it was written with', () => {
    const { value } = read(saved([row()]));
    expect(value!.input).toMatchObject({ path: 'goals.json', shown: join(folder, 'goals.json') });
    expect(value!.input.sha256()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may have other keys, other grains and a byte order mark', () => {
    const rows = [row({ later: 1 }), row({ grain: 'quarter', period: '2027-Q1' })];
    const { value, problems } = read(`\ufeff${saved(rows, { version: '9.0', bridge: 'whatever' })}`);
    expect(problems).toEqual([]);
    expect(value!.saved.goals.map(({ month }) => formatMonth(month))).toEqual(['2027-02']);
  });

  it('says the same as the plan it was saved from', () => {
    const plan = planOf(smallModel());
    const { value } = read([...planJson(plan, EVERYTHING, [])].join(''));
    expect(value!.saved).toEqual(savedPlanOf(plan));
  });
});

describe('what is no saved plan', () => {
  const whole = JSON.parse(saved([row()]));
  const without = (key: string) => JSON.stringify({ ...whole, [key]: undefined });

  it.each([
    ['no JSON', 'team,rep,lead\nEast,Ana,40\n'],
    ['nothing', ''],
    ['a JSON text that ends early', saved([row()]).slice(0, -2)],
    ['a JSON list', '[]'],
    ['a saved coverage', saved([row()], { format: 'leadgoal.coverage' })],
    ['no format', without('format')],
    ['no head', without('plan')],
    ['no goals', without('goals')],
    ['no totals', without('totals')],
    ['a day that is none', saved([row()], { plan: { name: null, as_of: '2027-02-30' } })],
    ['a goal that is no number', saved([row({ goals: { lead: '40' } })])],
    ['a level nobody knows', saved([row({ level: 'region' })])],
    ['a row without its rep', saved([row({ rep: undefined })])],
  ])('%s', (_, text) => {
    const { value, problems } = read(text);
    expect(value).toBeNull();
    expect(problems.map(({ code, severity, arguments: args }) => [code, severity, args.wanted])).toEqual([
      ['saved_unreadable', 'error', 'leadgoal plan -o goals.json'],
    ]);
    expect(problems[0]!.where.file).toBe(join(folder, 'goals.json'));
  });

  it.each([
    ['no rows', []],
    ['quarters alone', [row({ grain: 'quarter', period: '2027-Q1' })]],
    ['months of no calendar', [row({ period: 'FY2027-P1' })]],
  ])('one with %s, at the place that names it', (_, goals) => {
    const { value, problems } = read(saved(goals));
    expect(value).toBeNull();
    expect(problems).toEqual([
      {
        code: 'agreed_without_goals',
        severity: 'error',
        where: WHERE,
        arguments: { path: join(folder, 'goals.json') },
      },
    ]);
  });

  it('a file that is not there, at the place that names it', () => {
    const path = join(folder, 'nowhere.json');
    const { value, problems } = readSavedPlan(path, { written: 'nowhere.json', where: WHERE });
    expect(value).toBeNull();
    expect(problems.map(({ code, where }) => [code, where])).toEqual([['file_missing', WHERE]]);
  });

  it('a plan saved by quarter', () => {
    const selection: Selection = { ...EVERYTHING, by: 'quarter' };
    const { problems } = read([...planJson(planOf(smallModel()), selection, [])].join(''));
    expect(problems.map(({ code }) => code)).toEqual(['agreed_without_goals']);
  });

  it.each([
    ['a team', { teams: ['East'] }],
    ['a rep', { reps: ['Ana Ruiz'] }],
    ['an owner', { owners: ['marketing'] }],
    ['the level of reps', { level: 'rep' }],
  ] as const)('a plan saved of %s alone, at the place that names it', (_, of) => {
    const plan = planOf(smallModel());
    const { value, problems } = read([...planJson(plan, { ...EVERYTHING, ...of }, [])].join(''));
    expect(value).toBeNull();
    expect(problems.map(({ code, where }) => [code, where])).toEqual([['agreed_partial', WHERE]]);
  });

  it('a plan of quotas that the company alone carries is whole', () => {
    const row = { ...quotaOf(REPS[0]!, 100_000), team: null, rep: null };
    const plan = planOf(smallModel({ quotas: [row], sources: [SOURCE], rates: [RATES] }));
    const { value, problems } = read([...planJson(plan, EVERYTHING, [])].join(''));
    expect(problems).toEqual([]);
    expect(value!.saved).toEqual(savedPlanOf(plan));
  });
});
