/** What quotas and shares of sources were before a what-if, and what was done to each, for whoever explains them. */
import type { Alteration, Unchanged } from '../plan/change.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Quota } from '../quota/quota.ts';
import type { Move, WhatIf } from './what-if.ts';

/** One more change of quotas: of those with another amount than they had, by which factor. */
export function quotasBefore(
  { quotas, unchangedQuotas }: Pick<PlanModel, 'quotas' | 'unchangedQuotas'>,
  after: readonly Quota[],
  { text, kind }: { readonly text: string; readonly kind: Move['kind'] },
): (Unchanged | null)[] {
  return quotas.map(({ amount }, index): Unchanged | null => {
    const before = unchangedQuotas?.[index] ?? null;
    const now = after[index]!.amount;
    if (now === amount) return before;
    const by: Alteration = { kind: kind === 'to' ? 'total' : 'times', value: now / amount, text };
    return { value: before?.value ?? amount, by: [...(before?.by ?? []), by] };
  });
}

/** All changes of shares at once; of a source that nobody spoke of, that it gave way. */
export function sharesBefore(
  { sources }: Pick<PlanModel, 'sources'>,
  after: PlanModel['sources'],
  whatIfs: readonly WhatIf[],
): (Unchanged | null)[] {
  return sources.map(({ name, share }, index): Unchanged | null => {
    const by = whatIfs.flatMap(({ change, effect }): Alteration[] =>
      effect.of === 'share' && effect.source === name ? [{ ...effect.move, text: change.value }] : [],
    );
    return by.length === 0 && after[index]!.share === share ? null : { value: share, by };
  });
}
