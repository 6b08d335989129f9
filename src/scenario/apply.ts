/** Applying what-ifs: a validated model and changes → the model that is planned instead. */
import type { Lag } from '../funnel/lag.ts';
import type { PlanModel } from '../plan/model.ts';
import { error, type Parsed, type Problem } from '../problem.ts';
import type { Adjustment } from '../rates/adjust.ts';
import { withShares } from './give-way.ts';
import { movedQuotas } from './scale-quotas.ts';
import { movedLag } from './shift-lag.ts';
import { quotasBefore, sharesBefore } from './unchanged.ts';
import { type Effect, type Move, moved, type WhatIf } from './what-if.ts';

/**
 * Applies them in order. Rates and deal sizes are laid over whatever answers for a rep, so that blending and evidence
 * stay what they are; all else is changed in place. Errors: `set_touches_nothing` where a change speaks of no quota or
 * of a wait that is not given, `set_shares_not_whole`.
 */
export function applyWhatIfs(model: PlanModel, whatIfs: readonly WhatIf[]): Parsed<PlanModel> {
  if (whatIfs.length === 0) return { value: model, problems: [] };
  const problems: Problem[] = [];
  let changed = model;
  for (const whatIf of whatIfs) {
    const after = applied(changed, whatIf);
    if (after === null) problems.push(touchesNothing(whatIf));
    else changed = after;
  }
  const sources = sharesOf(changed, whatIfs);
  if (sources.value === null) problems.push(...sources.problems);
  if (sources.value === null || problems.length > 0) return { value: null, problems };
  if (sources.value === changed.sources) return { value: changed, problems };
  const unchangedShares = sharesBefore(changed, sources.value, whatIfs);
  return { value: { ...changed, sources: sources.value, unchangedShares }, problems };
}

/** Null where it touches nothing. Shares are changed together, at the end. */
function applied(model: PlanModel, whatIf: WhatIf): PlanModel | null {
  const { change, effect } = whatIf;
  switch (effect.of) {
    case 'rate': {
      const by = adjustment(whatIf, effect.move);
      const rateChanges = model.rateChanges.map((list, transition) =>
        effect.transitions.includes(transition) ? [...list, by] : list,
      );
      return { ...model, rateChanges };
    }
    case 'deal_size':
      return { ...model, dealSizeChanges: [...model.dealSizeChanges, adjustment(whatIf, effect.move)] };
    case 'quota': {
      const quotas = movedQuotas(model, change, effect.move);
      if (quotas === null) return null;
      const unchangedQuotas = quotasBefore(model, quotas, { text: change.value, kind: effect.move.kind });
      return { ...model, quotas, unchangedQuotas };
    }
    case 'lag': {
      const lags = movedLags(model.lags, effect);
      return lags === null ? null : { ...model, lags, unchangedLags: model.unchangedLags ?? model.lags };
    }
    case 'share':
      return model;
  }
}

function adjustment({ change, where }: WhatIf, move: Move): Adjustment {
  const { team, rep, source, value } = change;
  return { team, rep, source, ...move, text: value, where, atMost: null };
}

/** Null where none of them has a wait that could be moved. */
function movedLags(
  lags: PlanModel['lags'],
  { transitions, move }: Extract<Effect, { of: 'lag' }>,
): readonly (Lag | null)[] | null {
  const isMoved = (lag: Lag | null, transition: number) => lag !== null && transitions.includes(transition);
  if (!lags.some(isMoved)) return null;
  return lags.map((lag, transition) => (isMoved(lag, transition) ? movedLag(lag!, move) : lag));
}

/** Errors: `set_shares_not_whole`, at the last change of a share. */
function sharesOf({ sources }: PlanModel, whatIfs: readonly WhatIf[]): Parsed<PlanModel['sources']> {
  const moves = new Map<string, Move[]>();
  let last: WhatIf | null = null;
  for (const whatIf of whatIfs) {
    const { effect } = whatIf;
    if (effect.of !== 'share') continue;
    moves.set(effect.source, [...(moves.get(effect.source) ?? []), effect.move]);
    last = whatIf;
  }
  if (last === null) return { value: sources, problems: [] };
  const value = withShares(sources, moves);
  if (value !== null) return { value, problems: [] };
  const percents = sources
    .filter(({ name }) => moves.has(name!))
    .map(({ name, share }) => `${name!} ${Math.round(moves.get(name!)!.reduce(moved, share) * 1e4) / 1e2}%`);
  return {
    value: null,
    problems: [error('set_shares_not_whole', last.where, { shares: percents.join(', ') })],
  };
}

function touchesNothing({ change, where }: WhatIf): Problem {
  const { key, team, rep } = change;
  return error('set_touches_nothing', where, { key, who: rep ?? team ?? '' });
}
