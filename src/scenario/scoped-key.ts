/** Keys of inputs with whom they speak of, as `--set` reads them. */
import type { Scope } from '../rates/rate-row.ts';

/** `rates.opportunity_to_close[team=West,source=inbound]`; of everybody the key alone. */
export function scopedKey(key: string, { team, rep, source }: Scope): string {
  const scope = Object.entries({ team, rep, source }).flatMap(([what, name]) =>
    name === null ? [] : [`${what}=${name}`],
  );
  return scope.length === 0 ? key : `${key}[${scope.join(',')}]`;
}
