/** Histories as files → their tallies, read and counted by the engine the way the command line does it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formsOf, orderOf } from '../../src/cli/history/history-files.ts';
import { countHistory } from '../../src/engines/count-history.ts';
import { openDuckDb } from '../../src/engines/duckdb/duckdb.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { findHistoryFiles } from '../../src/files/history/find-files.ts';
import { readHistoryPlan } from '../../src/files/history/history-plan.ts';
import type { TemporaryFile } from '../../src/files/read.ts';
import type { DateOrder } from '../../src/files/sheet/date-text.ts';
import type { HistoryTallies } from '../../src/history/tallies.ts';
import { type Day, dayOf } from '../../src/period/day.ts';
import type { Parsed } from '../../src/problem.ts';

export interface HistoryReading {
  readonly stages: readonly string[];
  readonly join?: string;
  readonly columns?: Readonly<Record<string, string>>;
  /** `2024-06-30`; the last day in the files where it is left out. */
  readonly asOf?: string;
  readonly logFrom?: string;
  readonly timezone?: string;
  readonly dateOrder?: DateOrder;
}

/** `2024-06-30` as a day. */
export function day(text: string): Day {
  const [year, month, date] = text.split('-').map(Number);
  return dayOf(year!, month!, date!)!;
}

/** One engine and one folder for a file of tests; both are to be closed after it. */
export interface HistoryDesk {
  readonly engine: Engine;
  readonly folder: string;
  /** Writes a file and says where. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly read: (paths: readonly string[], reading: HistoryReading) => Promise<Parsed<HistoryTallies>>;
  /** The same, of files that can be read. */
  readonly count: (paths: readonly string[], reading: HistoryReading) => Promise<HistoryTallies>;
  readonly close: () => void;
}

export async function openDesk(): Promise<HistoryDesk> {
  const { value: engine } = await openDuckDb();
  if (engine === null) throw new Error('DuckDB is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'leadgoal-history-'));
  const read: HistoryDesk['read'] = (paths, reading) => readFiles(engine, { paths, reading });
  return {
    engine,
    folder,
    write: (name, content) => {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    read,
    count: async (paths, reading) => {
      const { value, problems } = await read(paths, reading);
      if (value === null) throw new Error(JSON.stringify(problems));
      return value;
    },
    close: () => {
      engine.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function readFiles(
  engine: Engine,
  { paths, reading }: { paths: readonly string[]; reading: HistoryReading },
): Promise<Parsed<HistoryTallies>> {
  const { stages, join: second, columns = {}, asOf, logFrom, timezone = 'UTC', dateOrder } = reading;
  const plan = readHistoryPlan({ plan: null, stages, columns, set: [], decimal: null });
  if (plan.value === null) return { value: null, problems: plan.problems };
  const found = findHistoryFiles(paths);
  const joined = findHistoryFiles(second === undefined ? [] : [second]);
  const copies: TemporaryFile[] = [];
  try {
    if (found.value === null || joined.value === null)
      return { value: null, problems: [...found.problems, ...joined.problems] };
    const forming = { engine, plan: plan.value, copies };
    const files = await formsOf(found.value.files, forming);
    const joinedFiles = await formsOf(joined.value.files, forming);
    if (files.value === null || joinedFiles.value === null)
      return { value: null, problems: [...files.problems, ...joinedFiles.problems] };
    return await countHistory(engine, {
      files: files.value,
      joined: joinedFiles.value,
      stages,
      asOf: asOf === undefined ? null : day(asOf),
      logFrom: logFrom === undefined ? null : day(logFrom),
      timezone,
      meaning: plan.value.meaning,
      orderOf: (texts) => orderOf(texts, dateOrder ?? null, null),
    });
  } finally {
    found.value?.close();
    joined.value?.close();
    for (const copy of copies) copy.remove();
  }
}
