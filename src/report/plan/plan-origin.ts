/** Where the plan's deals come from, once records are known: closed, open deals, leads to come, no source. */
import { type Prose, prose } from '../block.ts';
import { shortAmount } from '../format.ts';
import type { Scope } from './plan-scope.ts';
import { listed } from './plan-words.ts';

/** `Of $12M: $1.09M is closed, open deals bring $560k, …`; nothing where all that exists is assumed. */
export function originLine(scope: Scope): Prose[] {
  const { model, origin } = scope.plan;
  if (!scope.everything || (model.pipeline === null && model.actuals === null)) return [];
  const atSize = model.quotaUnit === 'deals' ? '' : ' at the deal size';
  const parts: readonly (readonly [number, (amount: string) => string])[] = [
    [origin.closed, (amount) => `${amount} is closed`],
    [origin.named, (amount) => `open deals bring ${amount}${atSize}`],
    [origin.early, (amount) => `records at earlier stages ${amount}`],
    [origin.withoutLeads, (amount) => `sources without leads ${amount}`],
    [origin.fresh, (amount) => `new leads must bring ${amount}`],
    [origin.late, (amount) => `${amount} has no source in time`],
    [-origin.fresh, (amount) => `that is ${amount} more than needed`],
  ];
  const shown = parts
    .filter(([amount]) => amount >= 0.5)
    .map(([amount, say]) => say(shortAmount(amount, scope.unit)));
  return [prose(`Of ${shortAmount(origin.quota, scope.unit)}: ${listed(shown)}.`)];
}
