/** Lags moved for a what-if: longer or shorter by months, or by a part of themselves. */
import type { Lag } from '../funnel/lag.ts';
import { type Move, moved } from './what-if.ts';

/**
 * The wait after the move, never below 0. Shares are moved as a whole (`plus` 1: everybody waits a month longer) or
 * stretched (`times` 1.5: who waited 2 months waits 3); what falls between two months is shared between them, so that
 * the mean moves exactly as much, short of waits that would begin before they end.
 */
export function movedLag(lag: Lag, move: Move): Lag {
  if (lag.kind === 'duration') return { kind: 'duration', months: Math.max(0, moved(lag.months, move)) };
  if (move.kind === 'to') return { kind: 'duration', months: Math.max(0, move.value) };
  const shares: number[] = [];
  for (const [month, share] of lag.shares.entries()) {
    const wait = Math.max(0, moved(month, move));
    const whole = Math.floor(wait + ALIKE);
    const rest = wait - whole > ALIKE ? wait - whole : 0;
    add(shares, whole, share * (1 - rest));
    if (rest > 0) add(shares, whole + 1, share * rest);
  }
  return { kind: 'shares', shares };
}

/** Less than this is the rounding of floats. */
const ALIKE = 1e-9;

function add(shares: number[], month: number, share: number): void {
  while (shares.length <= month) shares.push(0);
  shares[month]! += share;
}
