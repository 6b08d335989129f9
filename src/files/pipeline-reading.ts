/** A pipeline file as it is being read: what is known beside it, and what its rows were found to say so far. */
import type { Day } from '../period/day.ts';
import type { PipelineRecord } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import type { Rep } from '../quota/rep.ts';
import type { CurrencyWatch } from './currency-watch.ts';
import type { Names } from './names.ts';
import { type Named, namesLeftOut } from './pipeline-names.ts';
import { type RowStages, stagesOfRows } from './pipeline-stages.ts';
import { type CellReader, cellReader } from './sheet/sheet-cells.ts';
import type { Sheet } from './sheet/sheet-model.ts';
import type { StageWords } from './stage-words.ts';

export interface PipelineContext {
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
  readonly stages: readonly string[];
  readonly words: StageWords;
  readonly currency: CurrencyWatch;
  readonly asOf: Day | null;
  readonly unit: 'money' | 'deals';
  /** Whether chances depend on how long a record has been where it is. */
  readonly needsAge: boolean;
}

export interface Reading extends PipelineContext {
  readonly sheet: Sheet;
  readonly read: CellReader;
  readonly problems: Problem[];
  readonly stagesOf: RowStages;
  readonly named: Named;
  readonly seen: Map<string, number>;
  /** People found, by the texts, the team and the month they were looked up by. */
  readonly people: Map<string, { readonly rep: Rep; readonly team: string | null }>;
  readonly leftOut: { count: number; amount: number };
  /** Whether any row is closed, left out or not. */
  readonly found: { closed: boolean };
  /** For lost records, which are in no number: whose they were needs no telling. */
  readonly silent: { readonly named: Named; readonly problems: Problem[] };
}

/** What a row says of a record before anybody asks whose it is. */
export interface Dated extends Pick<PipelineRecord, 'stage' | 'outcome' | 'amount' | 'since' | 'closeDate'> {
  readonly created: Day | null;
}

/** Nothing read yet. */
export function readingOf(sheet: Sheet, context: PipelineContext): Reading {
  const read = cellReader(sheet);
  return {
    ...context,
    sheet,
    read,
    problems: [],
    stagesOf: stagesOfRows(sheet, read, context),
    named: namesLeftOut(),
    seen: new Map(),
    people: new Map(),
    leftOut: { count: 0, amount: 0 },
    found: { closed: false },
    silent: { named: namesLeftOut(), problems: [] },
  };
}
