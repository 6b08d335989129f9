/** `leadgoal sensitivity` as a whole: its ends are plans that `--set` makes, it reads each file once, its rows are for machines. */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { FIXTURES, runCli } from '../support/run-cli.ts';

const NORTHWIND = resolve(FIXTURES, 'northwind');

interface BarRow {
  readonly key: string;
  readonly low: number;
  readonly high: number;
  readonly leads_low: number;
  readonly leads: number;
  readonly leads_high: number;
  readonly per_point: number | null;
}

async function barsOf(more: readonly string[] = []): Promise<BarRow[]> {
  const { out } = await runCli(['sensitivity', '-f', 'json', '--quiet', ...more], { cwd: NORTHWIND });
  return JSON.parse(out).bars;
}

/** The company's lead goal of the year with changes. */
async function planned(...sets: string[]): Promise<number> {
  const args = ['plan', '-f', 'csv', '--level', 'company', '--by', 'year', '--stage', 'lead', '--quiet'];
  const { out } = await runCli([...args, ...sets.flatMap((set) => ['--set', set])], { cwd: NORTHWIND });
  const rows: { goal: string }[] = parse(out, { columns: true });
  return rows.reduce((sum, { goal }) => sum + Number(goal), 0);
}

describe('the ends of bars', () => {
  const all = barsOf();

  it.each([
    ['deal_size', 'deal_size=+10%', 'leads_high'],
    ['quota', 'quota=-10%', 'leads_low'],
    ['lags.opportunity_to_close', 'lags.opportunity_to_close=+1 month', 'leads_high'],
    ['lags.opportunity_to_close', 'lags.opportunity_to_close=-1 month', 'leads_low'],
    ['sources.inbound.share', 'sources.inbound.share=49.5%', 'leads_high'],
  ] as const)('%s: %s makes the plan of %s', async (key, set, end) => {
    const found = (await all).find((bar) => bar.key === key)!;
    expect(found[end]).toBe(await planned(set));
    expect(found.leads).toBe(await planned());
  });

  it('a key is what --set takes, with its scope', async () => {
    for (const key of ['rates.opportunity_to_close', 'rates.lead_to_conversation[source=inbound]']) {
      const found = (await all).find((bar) => bar.key === key)!;
      expect((found.leads - (await planned(`${key}=+1 point`))) / 4).toBe(found.per_point);
    }
  });

  it('are those of the plan that --set asks for', async () => {
    const larger = await barsOf(['--set', 'quota=+10%']);
    expect(larger[0]!.leads).toBe(await planned('quota=+10%'));
  });
});

describe('rows for machines', () => {
  it('have every key in JSON and CSV alike', async () => {
    const bars = await barsOf();
    const { out } = await runCli(['sensitivity', '-f', 'csv', '--quiet'], { cwd: NORTHWIND });
    const rows: Record<string, string>[] = parse(out, { columns: true });
    const keys = 'key team source unit basis low base high leads_low leads leads_high per_point'.split(' ');
    for (const [index, bar] of bars.entries()) {
      expect(Object.keys(bar)).toEqual(keys);
      expect(Object.keys(rows[index]!)).toEqual(['plan', 'as_of', ...keys]);
      expect(rows[index]!.key).toBe(bar.key);
      expect(Number(rows[index]!.leads_low)).toBe(bar.leads_low);
    }
    expect(rows.length).toBe(bars.length);
  });

  it('say how many plans were made for them', async () => {
    const { out } = await runCli(['sensitivity', '-f', 'json', '--quiet'], { cwd: NORTHWIND });
    const { summary, bars } = JSON.parse(out);
    const points = bars.filter((bar: BarRow) => bar.per_point !== null).length;
    expect(summary).toEqual({
      stage: 'lead',
      leads: bars[0].leads,
      replans: 1 + 2 * bars.length + points,
      teams_left_out: 0,
    });
  });
});

describe('what is asked for', () => {
  it.each([
    [['--team', 'Wset'], 'Wset'],
    [['--source', 'web'], 'web'],
    [['--level', 'company', '--team', 'West'], '--level company holds more than what --team asks for'],
    [['-o', 'rates.csv'], 'is an input of this plan'],
    [['-o', 'goals.json'], 'holds the goals that were agreed'],
  ])('%j is refused', async (args, words) => {
    const { code, out, err } = await runCli(['sensitivity', ...args], { cwd: NORTHWIND });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe.skipIf(process.platform === 'win32')('files', () => {
  /** Copies of the plan's files as pipes that can be opened once: whoever opens one again finds no file. */
  function readableOnce(names: readonly string[]): { folder: string; end: () => void } {
    const folder = mkdtempSync(join(tmpdir(), 'leadgoal-once-'));
    const writers = names.map((name) => {
      const copy = join(folder, `${name}.copy`);
      copyFileSync(resolve(NORTHWIND, name), copy);
      execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, name)]);
      return spawn('sh', ['-c', 'exec 3> "$2"; rm "$2"; cat "$1" >&3', 'sh', copy, join(folder, name)], {
        stdio: 'ignore',
      });
    });
    const end = () => {
      for (const writer of writers) writer.kill();
      rmSync(folder, { recursive: true, force: true });
    };
    return { folder, end };
  }

  const NAMES = ['leadgoal.yaml', 'quotas.csv', 'rates.csv', 'reps.csv'];

  it('are each read once', async () => {
    const usual = await runCli(['sensitivity', 'leadgoal.yaml', '-f', 'json', '--quiet'], { cwd: NORTHWIND });
    const { folder, end } = readableOnce(NAMES);
    try {
      const once = await runCli(['sensitivity', 'leadgoal.yaml', '-f', 'json', '--quiet'], { cwd: folder });
      expect(once).toEqual(usual);
      expect(readdirSync(folder).sort()).toEqual(NAMES.map((name) => `${name}.copy`).sort());
    } finally {
      end();
    }
  });
});
