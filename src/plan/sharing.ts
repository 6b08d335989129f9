/** Whose a row of the past or a record in hand is: the rep's own carriers, else those of the team, by their quotas. */
import type { Carrier } from '../quota/quota.ts';
import { isWithin, type Rep } from '../quota/rep.ts';
import type { Source } from './model.ts';

/** Whom a row or record names. */
export interface Named {
  readonly rep: Rep | null;
  readonly team: string | null;
}

/** Finds carriers; what is asked twice is found once. */
export interface CarrierFinder {
  /** Indexes of the rep's own carriers; none where the rep carries nothing. */
  readonly ofRep: (rep: Rep | null) => readonly number[];
  /** Those of the rep; else all of the team and those below it (of the company where it is null); else the next above it. */
  readonly of: (named: Named) => readonly number[];
}

export function carrierFinder(carriers: readonly Carrier[]): CarrierFinder {
  const byRep = new Map<Rep, number[]>();
  for (const [index, { rep }] of carriers.entries()) {
    if (rep === null) continue;
    const own = byRep.get(rep);
    if (own) own.push(index);
    else byRep.set(rep, [index]);
  }
  const byTeam = new Map<string | null, number[]>();
  const ofTeam = (team: string | null): number[] => {
    let known = byTeam.get(team);
    if (known === undefined) {
      known = [...carriers.keys()].filter((index) => isWithin(carriers[index]!.team, team));
      // a team below one that carries the quota itself, or below the company
      for (let above = team; known.length === 0 && above !== null; ) {
        above = above.includes('/') ? above.slice(0, above.lastIndexOf('/')) : null;
        known = [...carriers.keys()].filter(
          (index) => carriers[index]!.rep === null && carriers[index]!.team === above,
        );
      }
      byTeam.set(team, known);
    }
    return known;
  };
  const ofRep = (rep: Rep | null) => (rep === null ? [] : (byRep.get(rep) ?? []));
  return {
    ofRep,
    of: ({ rep, team }) => {
      const own = ofRep(rep);
      return own.length > 0 ? own : ofTeam(team);
    },
  };
}

/** What names no rep is shared by the quotas of that month, else of the first plan month, else equally. */
export function quotaWeights(
  carriers: readonly Carrier[],
  indexes: readonly number[],
  month: number,
): number[] {
  for (const at of [Math.max(0, month), 0]) {
    const weights = indexes.map((index) => carriers[index]!.quota[at] ?? 0);
    if (weights.some((weight) => weight > 0)) return weights;
  }
  return indexes.map(() => 1);
}

/**
 * Shares in which a record at a stage belongs to the sources: wholly to the one named, else by quota among those that
 * have the stage; among all where none has it.
 */
export function sourceShares(sources: readonly Source[], source: string | null, stage: number): number[] {
  if (source !== null) return sources.map(({ name }) => (name === source ? 1 : 0));
  const having = sources.map(({ share, startsAt }) => (startsAt <= stage ? share : 0));
  return having.some((share) => share > 0) ? having : sources.map(({ share }) => share);
}
