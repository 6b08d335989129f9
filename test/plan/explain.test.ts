/** What explain says is what plan says: every explained month has the plan's own goal, and sums are those of its rows. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const NORTHWIND = resolve(import.meta.dirname, '../../fixtures/northwind');

interface GoalRow {
  readonly team: string;
  readonly rep: string | null;
  readonly territory: string | null;
  readonly source: string;
  readonly period: string;
  readonly goals: Readonly<Record<string, number | null>>;
}

async function json(args: readonly string[]) {
  const { out, code, err } = await runCli([...args, '-f', 'json', '--quiet'], { cwd: NORTHWIND });
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

const goalOf = (explained: { steps: { result: { value: number } }[] }, step: number): number =>
  explained.steps.at(step)!.result.value;

describe.each([[[]], [['--as-of', '2027-06-14', '--late', 'report']]])('explain with %j', (options) => {
  test('gives every leaver, joiner and steady rep the goal that plan gives', async () => {
    const { goals } = (await json(['plan', ...options])) as { goals: GoalRow[] };
    const wanted = goals.filter(
      ({ rep, source, period }) =>
        ['Gil Santos', 'Ben Cho', 'Ana Ruiz'].includes(rep ?? '') &&
        source === 'inbound' &&
        ['2027-06', '2027-08'].includes(period),
    );
    expect(wanted.length).toBe(6);
    for (const { rep, source, period, goals: of } of wanted) {
      for (const stage of ['lead', 'opportunity', 'close']) {
        if (of[stage] === null || (rep === 'Ben Cho' && of[stage] === 0)) continue;
        const args = [
          'explain',
          '--rep',
          rep!,
          '--source',
          source,
          '--period',
          period,
          '--stage',
          stage,
          ...options,
        ];
        expect(goalOf(await json(args), -1), `${args.join(' ')}`).toBe(of[stage]);
      }
    }
  });

  test('adds up a team and a quarter', async () => {
    const { goals } = (await json(['plan', ...options])) as { goals: GoalRow[] };
    const months = ['2027-08', '2027-09', '2027-10'];
    const sum = goals
      .filter(({ team, period }) => team === 'Central' && months.includes(period))
      .reduce((total, row) => total + (row.goals.lead ?? 0), 0);
    const explained = await json(['explain', '--team', 'Central', '--period', 'FY2028-Q3', ...options]);
    expect(explained.steps[0].step).toBe('sum');
    expect(goalOf(explained, 0)).toBe(sum);
  });
});
