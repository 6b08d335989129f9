/** Shares of sources changed for a what-if: the others give way, so that they stay the whole. */
import type { Source } from '../plan/model.ts';
import { type Move, moved } from './what-if.ts';

/** Sums of shares are the whole to this. */
const TOLERANCE = 1e-6;

/**
 * The sources with the shares that were asked for (by name, moves in order); all others keep their proportions among
 * each other and share the rest. 45, 25, 10 and 20 % with the first at 50: 50, 22.7, 9.1, 18.2. Null where no shares
 * between 0 and 1 make the whole.
 */
export function withShares(
  sources: readonly Source[],
  moves: ReadonlyMap<string, readonly Move[]>,
): Source[] | null {
  const asked = (source: Source) => (source.name === null ? undefined : moves.get(source.name));
  const shares = sources.map((source) => asked(source)?.reduce(moved, source.share) ?? source.share);
  const sum = (isOf: (source: Source) => boolean) =>
    sources.reduce((total, source, index) => (isOf(source) ? total + shares[index]! : total), 0);
  const taken = sum((source) => asked(source) !== undefined);
  const others = sum((source) => asked(source) === undefined);
  const isTooMuch = taken > 1 + TOLERANCE || shares.some((share) => share < 0);
  if (isTooMuch || (!(others > 0) && Math.abs(taken - 1) > TOLERANCE)) return null;
  const factor = others > 0 ? Math.max(0, 1 - taken) / others : 1;
  return sources.map((source, index) => {
    const share = shares[index]! * (asked(source) === undefined ? factor : 1);
    return share === source.share ? source : { ...source, share };
  });
}
