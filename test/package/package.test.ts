/** The package as users get it: packed, installed in an empty folder, run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src/cli/version.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'leadgoal-package-'));
const program = join(folder, 'node_modules/leadgoal/bin/leadgoal.js');

const node = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });

beforeAll(() => {
  // what is packed is what stands in src now
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: ROOT });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', join(folder, tarball)], {
    cwd: folder,
  });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  test('is small and holds no tests and no fixtures but the template', () => {
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    const names = execFileSync('tar', ['-tzf', join(folder, tarball)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(names.filter((name) => /(^|\/)(test|bench|src)\//.test(name))).toEqual([]);
    expect(names.filter((name) => name.includes('fixtures/'))).toEqual([
      'package/fixtures/init/leadgoal.yaml',
    ]);
    expect(statSync(join(folder, tarball)).size).toBeLessThan(700_000);
  });

  test('holds a program in ASCII, as its loader reads it', () => {
    expect(readFileSync(join(ROOT, 'dist/program.cjs'), 'utf8')).toMatch(/^[\x00-\x7f]*$/);
  });

  test('knows its version', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version).toBe(VERSION);
    expect(node([program, '--version']).stdout).toBe(`${VERSION}\n`);
  });

  test('init writes a plan that runs at once, with eight live lines, and never overwrites', () => {
    expect(node([program, 'init']).status).toBe(0);
    const lines = readFileSync(join(folder, 'leadgoal.yaml'), 'utf8').split('\n');
    expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).length).toBe(8);
    const plan = node([program, 'plan']);
    expect(plan.status).toBe(0);
    expect(plan.stdout).toContain('Q1 needs 417 leads');
    writeFileSync(join(folder, 'leadgoal.yaml'), 'name: mine\n');
    const again = node([program, 'init']);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('is there already');
    expect(readFileSync(join(folder, 'leadgoal.yaml'), 'utf8')).toBe('name: mine\n');
  });

  test('reads standard input and writes files whole', () => {
    const plan =
      'quotas: [{ period: 2027-01, quota: 7 }]\nquota_unit: deals\nrates: { lead_to_close: 5% }\nfunnel: [lead, close]\n';
    const done = node(
      [program, 'plan', '-', '-o', 'goals.json', '-o', 'goals.csv', '-o', 'goals.md', '-o', 'goals.txt'],
      plan,
    );
    expect(done.stderr).toBe('');
    expect(done.stdout).toBe('');
    expect(JSON.parse(readFileSync(join(folder, 'goals.json'), 'utf8')).goals[0].goals).toEqual({
      lead: 140,
      close: 7,
    });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('a closed pipe is a normal end', () => {
    const command = `"${process.execPath}" "${program}" plan "${join(ROOT, 'fixtures/northwind/leadgoal.yaml')}" -f csv`;
    const piped = spawnSync('bash', ['-c', `set -o pipefail; ${command} | head -1`], { encoding: 'utf8' });
    expect(piped.stdout.split('\n')[0]).toContain('period_start');
    expect(piped.stderr).not.toMatch(/EPIPE|^\s+at /m);
  });

  test('the library example of the README runs', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1];
    expect(example).toContain("from 'leadgoal'");
    writeFileSync(join(folder, 'example.js'), example!);
    const ran = node(['example.js']);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toBe('140 leads\n');
  });

  test('the declarations hold for a strict TypeScript user', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    writeFileSync(
      join(folder, 'example.ts'),
      /```js\n([\s\S]*?)```/.exec(readme)![1]!.replace('console.log', 'export const said = '),
    );
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
    const compiled = node([join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, 'example.ts']);
    expect(compiled.stdout).toBe('');
  });
});
