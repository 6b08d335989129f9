/** What a closed deal is worth on average, and how much deals differ. */
import { pathUp } from '../rates/rate-row.ts';
import type { DealSizeEstimate } from './estimate.ts';
import type { AmountTally } from './tallies.ts';
import { compare } from './units.ts';

type Whose = Pick<DealSizeEstimate, 'level' | 'team' | 'rep' | 'source'>;

interface Sum extends Whose {
  deals: number;
  sum: number;
  squares: number;
}

/** Of the company, every team and those above it, and every rep; of each over all sources, then of each source. */
export function dealSizesOf(amounts: readonly AmountTally[]): DealSizeEstimate[] {
  const sums = new Map<string, Sum>();
  for (const amount of amounts)
    for (const whose of whoseOf(amount)) {
      const key = `${whose.level}\u0000${whose.team}\u0000${whose.rep}\u0000${whose.source}`;
      let sum = sums.get(key);
      if (sum === undefined) sums.set(key, (sum = { ...whose, deals: 0, sum: 0, squares: 0 }));
      sum.deals += amount.deals;
      sum.sum += amount.sum;
      sum.squares += amount.squares;
    }
  return [...sums.values()]
    .filter(({ deals }) => deals > 0)
    .sort(inOrder)
    .map(dealSizeOf);
}

function whoseOf({ team, rep, source }: AmountTally): Whose[] {
  const levels: Omit<Whose, 'source'>[] = [
    { level: 'company', team: null, rep: null },
    ...pathUp(team).map((name) => ({ level: 'team' as const, team: name, rep: null })),
    ...(rep === null ? [] : [{ level: 'rep' as const, team, rep }]),
  ];
  const sources = source === null ? [null] : [null, source];
  return levels.flatMap((level) => sources.map((name) => ({ ...level, source: name })));
}

const RANKS = { company: 0, team: 1, rep: 2 } as const;

function inOrder(first: Whose, second: Whose): number {
  return (
    RANKS[first.level] - RANKS[second.level] ||
    compare(first.team, second.team) ||
    compare(first.rep, second.rep) ||
    compare(first.source, second.source)
  );
}

/** 10, 20 and 30: mean 20, standard deviation 10, variation .5. Null for one deal, and where the mean is not above 0. */
function dealSizeOf({ deals, sum, squares, ...whose }: Sum): DealSizeEstimate {
  const mean = sum / deals;
  const variance = deals < 2 ? null : Math.max(0, squares - sum * mean) / (deals - 1);
  return {
    ...whose,
    deals,
    mean,
    variation: variance !== null && mean > 0 ? Math.sqrt(variance) / mean : null,
  };
}
