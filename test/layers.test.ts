/** Who may import whom, and which packages belong to which room. The imports are read from the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../src');

/** Rooms whose values are read in, and shown. */
const PURE = [
  'problem',
  'period',
  'funnel',
  'quota',
  'rates',
  'plan',
  'coverage',
  'track',
  'scenario',
] as const;

/** Rooms and what comes before them: the only rooms they may import from (besides themselves). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  problem: [],
  period: [],
  funnel: [],
  quota: ['problem', 'period', 'funnel'],
  rates: ['problem', 'period', 'quota'],
  chance: ['funnel'],
  plan: ['problem', 'period', 'funnel', 'quota', 'rates', 'chance'],
  coverage: ['problem', 'period', 'funnel', 'quota', 'rates', 'chance', 'plan'],
  track: ['problem', 'period', 'funnel', 'quota', 'rates', 'chance', 'plan'],
  scenario: ['problem', 'period', 'funnel', 'quota', 'rates', 'chance', 'plan'],
  history: ['problem', 'period', 'rates', 'chance'],
  engines: ['problem', 'period', 'history'],
  files: [...PURE, 'history'],
  report: [...PURE, 'history', 'files'],
  cli: [...PURE, 'history', 'engines', 'files', 'report'],
  index: ['problem', 'period', 'plan', 'files', 'report'],
};

/** Packages (and Node's own modules) by the room that owns them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  files: ['zod', 'csv-parse/sync', 'yaml', 'node:path', 'node:url'],
  report: ['chalk', 'cli-table3'],
  cli: ['commander'],
  engines: ['@duckdb/node-api', 'node:module'],
};

/** The only file that touches the disk. */
const DISK = 'files/read.ts';

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

const IMPORT = /(?:^|\n)(import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/g;

function sources(): Source[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.map((path) => {
    const text = readFileSync(join(SOURCE, path), 'utf8');
    const imports = [...text.matchAll(IMPORT)].map((found) => ({
      from: (found[3] ?? found[4])!,
      typeOnly: found[2] !== undefined,
    }));
    return { path: path.replaceAll('\\', '/'), room: roomOf(path), text, imports };
  });
}

function roomOf(path: string): string {
  return path.replace(/\.ts$/, '').split('/')[0]!;
}

function targetOf(source: Source, from: string): string {
  return relative(SOURCE, resolve(SOURCE, source.path, '..', from)).replaceAll('\\', '/');
}

const ALL = sources();

describe('layers', () => {
  test('there are sources with imports to look at', () => {
    expect(ALL.length).toBeGreaterThan(60);
    expect(ALL.flatMap((source) => source.imports).length).toBeGreaterThan(200);
  });

  test.each(ALL.map((source) => [source.path, source] as const))(
    '%s imports only what comes earlier',
    (_, source) => {
      const allowed = MAY_IMPORT[source.room];
      expect(allowed, `a room called ${source.room}`).toBeDefined();
      const steps = source.imports
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => roomOf(targetOf(source, from)))
        .filter((room) => room !== source.room && !allowed!.includes(room));
      expect(steps).toEqual([]);
    },
  );

  test.each(ALL.map((source) => [source.path, source] as const))(
    '%s uses only its room’s packages',
    (_, source) => {
      const own = [
        ...(PACKAGES[source.room] ?? []),
        ...(source.path === DISK ? ['node:fs', 'node:module', 'node:crypto', 'node:os', 'node:zlib'] : []),
      ];
      const foreign = source.imports
        .map(({ from }) => from)
        .filter((from) => !from.startsWith('.') && !own.includes(from));
      expect(foreign).toEqual([]);
    },
  );

  test.each(ALL.map((source) => [source.path, source] as const))(
    '%s knows no process, clock or chance',
    (_, source) => {
      const code = source.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(code).not.toMatch(
        /\bprocess\.|\bconsole\.|\bDate\b(?!')|Math\.random|performance\.|toLocale|localeCompare|\bIntl\.(?!Segmenter)/,
      );
    },
  );

  test('no imports in a circle', () => {
    const graph = new Map(
      ALL.map((source) => [
        source.path,
        source.imports
          .filter(({ from, typeOnly }) => from.startsWith('.') && !typeOnly)
          .map(({ from }) => targetOf(source, from)),
      ]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});
