/** The rate table: which row, at which level, answers for a rep, a team or the company. */
import type { Where } from '../problem.ts';
import { type Adjustment, adjusted, adjustmentsFor, textOf } from './adjust.ts';
import { type AnsweredBy, type MeasuredRate, pathUp, type Scope } from './rate-row.ts';
import {
  type RateTable,
  ratesOf,
  ratesOfAllSources,
  type Share,
  type SourceRates,
  scopeKey,
} from './source-rates.ts';
import { type CountedRate, rateInTeam, rateOfRep, rateOfTeam, rateOverall } from './tallies.ts';

/** One conversion rate with its evidence and the level that answered. */
export interface RateAnswer {
  readonly value: number;
  /** `typed`: a share somebody wrote; `counted`: from counts of records; `measured`: of a history. */
  readonly basis: 'typed' | 'counted' | 'measured';
  /** Records that entered the transition and of those the converted; null for shares. */
  readonly records: number | null;
  readonly converted: number | null;
  /** What is measured of it beyond the counts; null where it is not. */
  readonly measured: Pick<MeasuredRate, 'effective' | 'low' | 'high'> | null;
  readonly answeredBy: AnsweredBy;
  /** What was laid over it for a what-if, as it was asked for: `+10%`; null: nothing. */
  readonly set: string | null;
  /** The rate before that; null where nothing was laid over it. */
  readonly unchanged: number | null;
  /** Of whom the answering row speaks. */
  readonly scope: Scope;
  readonly where: Where;
}

/**
 * The rate of a transition for whoever asks, most specific first: rep and source; team and source, then each parent
 * team; source; rep; team, then each parent; all. Null where no row answers.
 */
export function rateFor(table: RateTable, asker: Scope, transition: number): RateAnswer | null {
  const answer = unchangedRateFor(table, asker, transition);
  const by = adjustmentsFor(table.changes[transition] ?? [], asker);
  return answer === null || by.length === 0 ? answer : laidOver(answer, by);
}

/**
 * The answer after a what-if. Its interval moves with it; put in its place is what somebody typed, without evidence. A
 * rate of more than 1 is left to whoever asked.
 */
function laidOver(answer: RateAnswer, by: readonly Adjustment[]): RateAnswer {
  const value = adjusted(answer.value, by);
  const changed = { ...answer, value, set: textOf(by), unchanged: answer.value };
  if (by.some(({ kind }) => kind === 'to'))
    return { ...changed, basis: 'typed', records: null, converted: null, measured: null };
  const moved = (end: number | null) => (end === null ? null : Math.min(1, adjusted(end, by)));
  const { measured } = answer;
  if (measured === null) return changed;
  return { ...changed, measured: { ...measured, low: moved(measured.low), high: moved(measured.high) } };
}

function unchangedRateFor(table: RateTable, asker: Scope, transition: number): RateAnswer | null {
  const { team, rep, source } = asker;
  if (source !== null) {
    const own = answerWithin(ratesOf(table, source, transition), { team, rep, source });
    if (own) return own;
  }
  return (
    answerWithin(ratesOf(table, null, transition), { team, rep, source: null }) ??
    answerWithin(ratesOfAllSources(table, transition), { team: null, rep: null, source: null })
  );
}

type Level = 'rep' | 'team' | 'all';

/** Rep, then team and its parents, then all, within the rows of one source. */
function answerWithin(rates: SourceRates, asker: Scope): RateAnswer | null {
  const { team, rep, source } = asker;
  const word = (level: Level): AnsweredBy => {
    if (source === null) return level;
    return level === 'all' ? 'source' : `${level} and source`;
  };
  const asItStands = (share: Share, level: Level, scope: Scope): RateAnswer =>
    share.kind === 'share'
      ? typed(share, word(level), scope)
      : measured(share, word(share.carriedBy ?? level), scope);
  const hasShares = rates.shares.size > 0;
  if (rep !== null) {
    const share =
      hasShares && (rates.shares.get(scopeKey(rep, team)) ?? rates.shares.get(scopeKey(rep, null)));
    if (share) return asItStands(share, 'rep', { team, rep, source });
    const counted = rates.tallies && rateOfRep(rates.tallies, rep, team);
    if (counted) return fromCounts(counted, word('rep'), { team, rep, source });
  }
  for (const name of pathUp(team)) {
    const scope = { team: name, rep: null, source };
    const share = rates.shares.get(scopeKey(null, name));
    if (share) return asItStands(share, 'team', scope);
    const inTeam = rep !== null && name === team ? rateInTeam : rateOfTeam;
    const counted = rates.tallies && inTeam(rates.tallies, name);
    if (counted) return fromCounts(counted, word('team'), scope);
  }
  const scope = { team: null, rep: null, source };
  const share = rates.shares.get(scopeKey(null, null));
  if (share) return asItStands(share, 'all', scope);
  const counted = rates.tallies && rateOverall(rates.tallies);
  return counted ? fromCounts(counted, word('all'), scope) : null;
}

function typed(share: Share, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  return {
    value: share.value,
    basis: 'typed',
    records: null,
    converted: null,
    measured: null,
    answeredBy,
    set: null,
    unchanged: null,
    scope,
    where: share.where,
  };
}

function measured(rate: MeasuredRate, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  const { value, records, converted, effective, low, high, where } = rate;
  return {
    value,
    basis: 'measured',
    records,
    converted,
    measured: { effective, low, high },
    answeredBy,
    set: null,
    unchanged: null,
    scope,
    where,
  };
}

function fromCounts(rate: CountedRate, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  const { value, entered, converted, where } = rate;
  return {
    value,
    basis: 'counted',
    records: entered,
    converted,
    measured: null,
    answeredBy,
    set: null,
    unchanged: null,
    scope,
    where,
  };
}
