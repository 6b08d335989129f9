/** Histories, as `rates` and `backtest` read them: options → files → tallies, counted by an engine. */
import { countHistory, type HistoryRequest } from '../../engines/count-history.ts';
import { openDuckDb } from '../../engines/duckdb/duckdb.ts';
import type { Engine } from '../../engines/engine.ts';
import { knowsTimezone } from '../../engines/records/read-files.ts';
import type { HistoryPlanRead } from '../../files/history/history-plan.ts';
import { haveNoRows } from '../../files/history/shared-ids.ts';
import type { Input } from '../../files/input.ts';
import type { HistoryTallies } from '../../history/tallies.ts';
import type { Day } from '../../period/day.ts';
import { at, error, NOWHERE, type Parsed, type Problem } from '../../problem.ts';
import type { Io } from '../io.ts';
import { type HistoryAsked, historyAsked } from './history-asked.ts';
import { daysOutside, endsEarly } from './history-checks.ts';
import { dirtProblem, orderOf } from './history-files.ts';
import { type HistoryOptions, optionsMade } from './history-options.ts';
import { type OpenHistory, withOpenHistory } from './open-history.ts';

export interface ReadHistory {
  readonly tallies: HistoryTallies;
  /** The tallies of an earlier day, from the same files. */
  readonly asKnownOn: (day: Day) => Promise<Parsed<HistoryTallies>>;
  readonly plan: HistoryPlanRead;
  readonly inputs: readonly Input[];
  /** What else was asked for, as the rates file tells it. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly logFrom: Day | null;
  /** Warnings of how it was read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a history and hands it on while its files are open; gives the exit code of what was done with it. Errors: those
 * of what was asked for, of the engine and of the files.
 */
export async function withHistory(
  names: readonly string[],
  { options, io }: { readonly options: HistoryOptions; readonly io: Io },
  use: (history: ReadHistory) => Promise<number>,
): Promise<Parsed<number>> {
  const asked = historyAsked(names, options, io);
  if (asked.value === null) return { value: null, problems: asked.problems };
  const engine = await openDuckDb();
  if (engine.value === null) return { value: null, problems: engine.problems };
  const counting = { engine: engine.value, asked: asked.value };
  try {
    const unknown = await unknownZone(counting);
    if (unknown.length > 0) return { value: null, problems: unknown };
    return await withOpenHistory(asked.value, engine.value, (open) => counted(counting, open, use));
  } finally {
    engine.value.close();
  }
}

interface Counting {
  readonly engine: Engine;
  readonly asked: HistoryAsked;
}

const zoneOf = ({ options }: HistoryAsked): string => options.timezone ?? 'UTC';

/** Errors: `usage`. */
async function unknownZone({ engine, asked }: Counting): Promise<Problem[]> {
  const zone = zoneOf(asked);
  if (await knowsTimezone(engine, zone)) return [];
  const args = { detail: `--timezone ${zone} is not known`, hint: 'write a name such as America/New_York' };
  return [error('usage', NOWHERE, args)];
}

async function counted(
  { engine, asked }: Counting,
  { files, joined, inputs, copies }: OpenHistory,
  use: (history: ReadHistory) => Promise<number>,
): Promise<Parsed<number>> {
  const { plan, asOf, logFrom, options } = asked;
  const shown = files[0]?.names[0] ?? null;
  const request: HistoryRequest = {
    ...{ files, joined, asOf, logFrom },
    stages: plan.stages,
    timezone: zoneOf(asked),
    meaning: plan.meaning,
    orderOf: (texts) => orderOf(texts, options.dateOrder ?? null, shown),
  };
  const countOn = (day: Day | null) => countHistory(engine, { ...request, asOf: day });
  const tallies = await countOn(asOf);
  const isEmpty = (tallies.value?.rows ?? 0) === 0 && haveNoRows(files, copies);
  if (isEmpty) return { value: null, problems: [error('no_data_rows', at(shown), { kind: 'records' })] };
  if (tallies.value === null) return { value: null, problems: tallies.problems };
  const outside = await daysOutside(tallies.value, { asOf, logFrom }, countOn);
  if (outside.length > 0) return { value: null, problems: outside };
  const dirty = options.strict ? tallies.value.dirt.map((dirt) => dirtProblem(dirt, 'error')) : [];
  if (dirty.length > 0) return { value: null, problems: dirty };
  const ended = asOf === null ? [] : await endsEarly(tallies.value, countOn);
  const code = await use({
    ...{ plan, inputs, logFrom },
    tallies: tallies.value,
    asKnownOn: countOn,
    options: optionsMade(options),
    problems: [...tallies.problems, ...ended],
  });
  return { value: code, problems: [] };
}
