/** Records in hand by unit: open records of the pipeline, each once, with their odds. */
import type { Moments } from '../chance/closes.ts';
import { filled } from '../funnel/series.ts';
import type { Carrier } from '../quota/quota.ts';
import type { Span } from './clock.ts';
import type { Context } from './context.ts';
import type { PipelineRecord } from './model.ts';
import { chanceBy, type OddsOf, oddsTable } from './odds.ts';
import { carrierFinder, quotaWeights, sourceShares } from './sharing.ts';

/** A record, or the part of one that is a unit's: those without a rep or a source are shared by quota. */
interface Part {
  readonly record: PipelineRecord;
  readonly weight: number;
}

/** The open records of one carrier's one source. */
export interface InHand {
  /** First stage of which the pipeline has open records; those at earlier stages are counted or assumed. */
  readonly firstStage: number;
  /** Records of stages `from` … before `target` expected to reach `target`, by plan month 0 … length − 1. */
  readonly arrivals: (from: number, target: number, length: number) => number[];
  /** Σ chance and Σ chance² of closing within a period. */
  readonly moments: (period: Span) => Moments;
}

/** By carrier and source; null where the plan has no pipeline. */
export interface InHands {
  readonly of: (carrier: number, source: number) => InHand | null;
  readonly oddsOf: OddsOf;
}

/** First stage of the open records; the stage before the last where there are none: none are open then. */
function firstStageOf(records: readonly PipelineRecord[], stages: number): number {
  return records.reduce(
    (first, record) => (record.outcome === 'open' ? Math.min(first, record.stage) : first),
    stages - 2,
  );
}

export function inHandsOf(context: Context, carriers: readonly Carrier[]): InHands | null {
  const { model, clock } = context;
  if (model.pipeline === null) return null;
  const { records } = model.pipeline;
  const find = carrierFinder(carriers);
  const parts = carriers.map(() => model.sources.map((): Part[] => []));
  for (const record of records) {
    if (record.outcome !== 'open') continue;
    const indexes = find.of(record);
    if (indexes.length === 1 && model.sources.length === 1) {
      parts[indexes[0]!]![0]!.push({ record, weight: 1 });
      continue;
    }
    const weights = quotaWeights(carriers, indexes, clock.asOfMonth);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = sourceShares(model.sources, record.source, record.stage);
    const all = shares.reduce((sum, share) => sum + share, 0);
    for (const [position, index] of indexes.entries()) {
      for (const [source, share] of shares.entries()) {
        const weight = (weights[position]! / whole) * (share / all);
        if (weight > 0) parts[index]![source]!.push({ record, weight });
      }
    }
  }
  const oddsOf = oddsTable(context);
  const firstStage = firstStageOf(records, model.stages.length);
  const asOfMonth = clock.asOfMonth;
  return {
    oddsOf,
    of: (carrier, source) => ({
      firstStage,
      arrivals: (from, target, length) =>
        arrivalsOf(parts[carrier]![source]!, { oddsOf, asOfMonth, from, target, length }),
      moments: (period) =>
        momentsOf(parts[carrier]![source]!, { oddsOf, asOfMonth, period, last: model.stages.length - 1 }),
    }),
  };
}

interface Wanted {
  readonly oddsOf: OddsOf;
  readonly asOfMonth: number;
  readonly from: number;
  readonly target: number;
  readonly length: number;
}

function arrivalsOf(parts: readonly Part[], wanted: Wanted): number[] {
  const { oddsOf, asOfMonth, from, target, length } = wanted;
  const arrivals = filled(length, 0);
  for (const { record, weight } of parts) {
    if (record.stage < from || record.stage >= target) continue;
    const odds = oddsOf(record, target);
    const end = Math.min(length - 1, asOfMonth + odds.base.length - 1);
    for (let month = Math.max(0, asOfMonth); month <= end; month++) {
      const ago = month - asOfMonth;
      arrivals[month]! += weight * (chanceBy(odds, ago) - chanceBy(odds, ago - 1));
    }
  }
  return arrivals;
}

interface Closing {
  readonly oddsOf: OddsOf;
  readonly asOfMonth: number;
  readonly period: Span;
  /** Index of the last stage. */
  readonly last: number;
}

function momentsOf(parts: readonly Part[], { oddsOf, asOfMonth, period, last }: Closing): Moments {
  let mean = 0;
  let squares = 0;
  for (const { record, weight } of parts) {
    const odds = oddsOf(record, last);
    const before = chanceBy(odds, period.first - 1 - asOfMonth);
    const chance = chanceBy(odds, period.last - asOfMonth) - before;
    mean += weight * chance;
    squares += weight * chance * chance;
  }
  return { mean, squares };
}
