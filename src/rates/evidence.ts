/** How much a conversion rate is known to be what it is said to be. */
import type { RateAnswer } from './rate-table.ts';

/** An 80 % interval reaches from −1.2816 to +1.2816 standard deviations. */
const DEVIATIONS = 2 * 1.2815515655446004;

/**
 * Squared coefficient of variation of a rate as an estimate; 0 for one somebody typed. A measured rate has that of its
 * 80 % interval: 3.9 % (3.6–4.1) is known to (.005 ÷ 2.563 ÷ .039)² = .0025. Counts have that of their posterior,
 * Beta(x + ½, n − x + ½): 10 of 100 are known to .0845; so has a measured rate without an interval, of the records that
 * have had the time to convert.
 */
export function estimateSpread({ value, records, converted, measured }: RateAnswer): number {
  if (records === null || converted === null) return 0;
  if (measured === null) return betaSpread((converted + 0.5) / (records + 1), records);
  const { low, high, effective } = measured;
  if (low === null || high === null || !(high > low) || !(value > 0)) return betaSpread(value, effective);
  return ((high - low) / DEVIATIONS / value) ** 2;
}

function betaSpread(share: number, records: number): number {
  return share > 0 && share < 1 ? (1 - share) / (share * (records + 2)) : 0;
}
