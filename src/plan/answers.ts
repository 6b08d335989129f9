/** The rates and the deal size that answer for one unit. */
import { error, NOWHERE, type Problem, type Where } from '../problem.ts';
import { nameOf } from '../quota/ledger.ts';
import type { Carrier } from '../quota/quota.ts';
import { type Adjustment, adjustmentsFor } from '../rates/adjust.ts';
import { type DealSizeAnswer, dealSizeFor } from '../rates/deal-size.ts';
import type { Scope } from '../rates/rate-row.ts';
import { type RateAnswer, rateFor } from '../rates/rate-table.ts';
import type { Context } from './context.ts';
import type { Source } from './model.ts';

/** The rates and the deal size of one unit. */
export interface Answers {
  /** One per transition of the funnel; null before the source's first stage. */
  readonly rates: readonly (RateAnswer | null)[];
  /** Null where quotas are deals. */
  readonly dealSize: DealSizeAnswer | null;
  readonly problems: readonly Problem[];
}

/** Looks up what a unit needs; a missing rate, a rate of 0 and a deal size that is missing or 0 are problems. */
export function answersFor(context: Context, carrier: Carrier, source: Source): Answers {
  const { model } = context;
  const asker: Scope = { team: carrier.team, rep: carrier.rep?.name ?? null, source: source.name };
  const problems: Problem[] = [];
  const rates: (RateAnswer | null)[] = [];
  for (let transition = 0; transition < model.stages.length - 1; transition++) {
    const answer = transition < source.startsAt ? null : rateFor(context.rates, asker, transition);
    rates.push(answer);
    const isUsable = answer !== null && answer.value > 0 && answer.value <= 1;
    if (transition < source.startsAt || isUsable) continue;
    const between = { from: model.stages[transition]!, to: model.stages[transition + 1]! };
    const who = { who: nameOf(carrier), source: source.name ?? '' };
    problems.push(
      answer === null
        ? error('no_rate', carrier.where, { ...who, ...between })
        : unusable(answer, { between, where: whereSet(context.rates.changes[transition], asker) }),
    );
  }
  const dealSize = model.quotaUnit === 'deals' ? null : dealSizeFor(context.dealSizes, asker);
  if (model.quotaUnit === 'money' && dealSize === null) {
    problems.push(error('no_deal_size', carrier.where, { who: nameOf(carrier), source: source.name ?? '' }));
  }
  if (dealSize !== null && !(dealSize.dealSize.amount > 0))
    problems.push(leavesNothing(dealSize.set, { where: whereSet(model.dealSizeChanges, asker) }));
  return { rates, dealSize, problems };
}

interface Between {
  readonly from: string;
  readonly to: string;
}

/** What-ifs can make more of a rate than there are records, or leave nothing of it; else it is 0 where it stands. */
function unusable(
  { value, unchanged, set, where }: RateAnswer,
  of: { readonly between: Between; readonly where: Where },
): Problem {
  if (value > 1) {
    const percent = `${Math.round(value * 1e4) / 1e2}%`;
    return error('set_rate_above_one', of.where, { ...of.between, percent, text: set ?? '' });
  }
  return unchanged !== null && unchanged > 0
    ? leavesNothing(set, of)
    : error('rate_zero', where, { ...of.between });
}

function leavesNothing(
  set: string | null,
  { between = { from: '', to: '' }, where }: { readonly between?: Between; readonly where: Where },
): Problem {
  return error('set_leaves_nothing', where, { ...between, text: set ?? '' });
}

/** Where the last change was asked for that speaks of whoever asks. */
function whereSet(changes: readonly Adjustment[] = [], asker: Scope): Where {
  return adjustmentsFor(changes, asker).at(-1)?.where ?? NOWHERE;
}

/** Hundredths of a deal, where quotas are deals. */
const HUNDREDTHS = 100;

/** Minor units of quota that one close brings. */
export function quotaPerClose({ dealSize }: Answers): number {
  return dealSize === null ? HUNDREDTHS : dealSize.dealSize.amount;
}
