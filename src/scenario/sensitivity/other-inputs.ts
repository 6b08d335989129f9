/** Deal size, lags, quota and the shares of sources as inputs whose ends are tried. */
import { normalQuantile } from '../../chance/normal.ts';
import { meanWait } from '../../funnel/lag.ts';
import { quotaPerClose } from '../../plan/answers.ts';
import { knownSpread } from '../../plan/deal-spread.ts';
import type { PlanModel, Source } from '../../plan/model.ts';
import { type Prepared, quotaBySource } from '../../plan/prepare.ts';
import { NOWHERE } from '../../problem.ts';
import { withShares } from '../give-way.ts';
import { movedQuotas } from '../scale-quotas.ts';
import { movedLag } from '../shift-lag.ts';
import type { Input, TriedInput } from './input.ts';
import { type Range, takenRange } from './range.ts';
import { sourcesMaking } from './rate-scopes.ts';

const EVERYBODY = { team: null, rep: null, source: null } as const;
const OF_ALL = { transition: null, team: null, source: null } as const;

/** Of few deals that differ much the mean is still taken to be at least a tenth of what it seems. */
const LEAST = 0.1;

/** The mean amount of a deal of the plan; none where quotas are deals. */
export function dealSizeInput(prepared: Prepared): TriedInput[] {
  const { model } = prepared.context;
  if (model.quotaUnit === 'deals') return [];
  const range = dealSizeRange(model, meanDealSize(prepared));
  const times = (value: number): PlanModel => ({
    ...model,
    dealSizeChanges: [
      ...model.dealSizeChanges,
      { ...EVERYBODY, kind: 'times', value: value / range.base, text: '', where: NOWHERE, atMost: null },
    ],
  });
  const input: Input = { key: 'deal_size', what: 'deal_size', unit: 'money', ...OF_ALL, ...range };
  return [tried(input, times)];
}

/** Mean × (1 ± 1.28 × cv ÷ √deals) where the spread of closed deals is known: 80 % of where the mean may lie. */
function dealSizeRange(model: PlanModel, base: number): Range {
  const spread = knownSpread(model);
  if (spread === null || !(spread.variation > 0)) return takenRange(base);
  const part = (normalQuantile(0.9) * spread.variation) / Math.sqrt(spread.deals);
  return { low: base * Math.max(LEAST, 1 - part), base, high: base * (1 + part), basis: 'spread' };
}

/** Quota ÷ closes: each deal size by the deals it stands for; one that all have is itself. */
function meanDealSize({ carriers, answers, context }: Prepared): number {
  const { model, clock } = context;
  const shares = model.sources.map(({ share }) => share);
  const sizes = new Set<number>();
  let quota = 0;
  let closes = 0;
  for (const [position, carrier] of carriers.entries()) {
    for (const [index, amounts] of quotaBySource(carrier, shares, clock.months).entries()) {
      const size = quotaPerClose(answers[position]![index]!);
      const amount = amounts.reduce((sum, value) => sum + value, 0);
      sizes.add(size);
      quota += amount;
      closes += amount / size;
    }
  }
  return sizes.size === 1 || !(closes > 0) ? [...sizes][0]! : quota / closes;
}

/** A month shorter, a month longer, never below 0; of every lag that is given and waited for. */
export function lagInputs({ context: { model } }: Prepared): TriedInput[] {
  return model.lags.flatMap((lag, transition) => {
    if (lag === null || sourcesMaking(model, transition).length === 0) return [];
    const ends = [-1, 1].map((value) => movedLag(lag, { kind: 'plus', value })) as [typeof lag, typeof lag];
    const [low, high] = ends.map(meanWait) as [number, number];
    const base = meanWait(lag);
    const withLag = (of: typeof lag): PlanModel => ({ ...model, lags: model.lags.with(transition, of) });
    const key = `lags.${model.stages[transition]!}_to_${model.stages[transition + 1]!}`;
    const range: Range = { low, base, high, basis: 'taken' };
    const input: Input = { key, what: 'lag', unit: 'months', ...OF_ALL, transition, ...range };
    return [
      { input, atLow: low < base ? withLag(ends[0]) : null, atHigh: withLag(ends[1]), pointMore: null },
    ];
  });
}

/** All quotas together; `total` is what they come to over the plan. */
export function quotaInput({ context: { model } }: Prepared, total: number): TriedInput {
  const range = takenRange(total);
  const unit = model.quotaUnit;
  const times = (value: number): PlanModel | null => {
    const quotas = movedQuotas(model, EVERYBODY, { kind: 'times', value: value / total });
    return quotas === null ? null : { ...model, quotas };
  };
  return tried({ key: 'quota', what: 'quota', unit, ...OF_ALL, ...range }, times);
}

/** The share of each source that has others beside it, which give way in proportion. */
export function shareInputs(
  { context: { model } }: Prepared,
  isAsked: (source: Source) => boolean,
): TriedInput[] {
  const { sources } = model;
  return sources.flatMap((source) => {
    const { name, share } = source;
    if (name === null || !(share > 0) || !(share < 1) || !isAsked(source)) return [];
    const withShare = (value: number): PlanModel | null => {
      const changed = withShares(sources, new Map([[name, [{ kind: 'to', value }]]]));
      return changed === null ? null : { ...model, sources: changed };
    };
    const key = `sources.${name}.share`;
    const of = { ...OF_ALL, source: name };
    return [tried({ key, what: 'share', unit: 'share', ...of, ...takenRange(share, 1) }, withShare)];
  });
}

function tried(input: Input, at: (value: number) => PlanModel | null): TriedInput {
  const end = (value: number) => (value === input.base ? null : at(value));
  return { input, atLow: end(input.low), atHigh: end(input.high), pointMore: null };
}
