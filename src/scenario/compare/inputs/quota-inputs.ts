/** Quotas of two plans as inputs: the company's, then those of teams and reps, over the quarters both plans have. */
import type { LineKey } from '../../../plan/line.ts';
import type { PlanModel } from '../../../plan/model.ts';
import { isWithin } from '../../../quota/rep.ts';
import { valueIn } from '../goals/changes.ts';
import { type Pair, pairsOf } from '../goals/pairs.ts';
import { type SharedPeriod, sharedPeriods } from '../goals/periods.ts';
import { isSame } from '../same.ts';
import type { Side } from '../side.ts';
import { type InputDifference, type InputKey, type InputValue, input } from './input-value.ts';

/**
 * Whoever has another total; where nobody has, the company's quarters that differ. Of two models only where another
 * quota is given: what ramps, leavers and seasons make of the same quotas is no input.
 */
export function quotaDifferences(a: Side, b: Side): InputDifference[] {
  const shared = sharedPeriods(a, b, 'quarter');
  const isGiven = a.model === null || b.model === null ? () => true : givenOtherwise(a.model, b.model);
  const pairs = pairsOf(a, b).filter(
    ({ key }) => key.source === null && key.territory === null && isGiven(key),
  );
  const totals = pairs.flatMap((pair) => differenceOf({ a, b, pair }, shared, keyOfLine(pair.key)));
  if (totals.length > 0) return totals;
  const company = pairs.find(({ key }) => key.level === 'company');
  if (company === undefined) return [];
  return shared.flatMap((quarter) => {
    const key = input(`quotas.${quarter.a.label}`, { kind: 'text', text: '' });
    return differenceOf({ a, b, pair: company }, [quarter], key);
  });
}

/** Whether somebody, or somebody in the team, was given other quotas; of the company whether anybody was. */
function givenOtherwise(a: PlanModel, b: PlanModel): (key: LineKey) => boolean {
  const given = ({ quotas }: PlanModel) => {
    const rows = new Map<string, object[]>();
    for (const { team, rep, first, last, amount } of quotas) {
      const key = JSON.stringify([team, rep?.name ?? null]);
      rows.set(key, [...(rows.get(key) ?? []), { first, last, amount }]);
    }
    return rows;
  };
  const [before, after] = [given(a), given(b)];
  const isOther = (key: string) => !isSame(before.get(key), after.get(key));
  const other = [...new Set([...before.keys(), ...after.keys()])].filter(isOther);
  const names = other.map((key) => JSON.parse(key) as [string | null, string | null]);
  return ({ team, rep }) =>
    names.some(([ofTeam, ofRep]) =>
      rep === null ? isWithin(ofTeam, team) : ofTeam === team && ofRep === rep,
    );
}

function keyOfLine({ team, rep }: LineKey): InputKey {
  return { key: 'quotas', team, rep, source: null };
}

/**
 * Parts of a quota are whole cents: by so much a month totals may differ where quotas do not. The same number of another
 * currency is no other quota: the currency is an input of its own.
 */
function differenceOf(
  { a, b, pair }: { readonly a: Side; readonly b: Side; readonly pair: Pair },
  shared: readonly SharedPeriod[],
  { key, team, rep, source }: InputKey,
): InputDifference[] {
  const before = quotaOver(
    a,
    pair.a,
    shared.map((period) => period.a),
  );
  const after = quotaOver(
    b,
    pair.b,
    shared.map((period) => period.b),
  );
  const months = shared.reduce((sum, { a: { first, last } }) => sum + last - first + 1, 0);
  if (Math.abs((before ?? 0) - (after ?? 0)) <= months) return [];
  return [{ key, team, rep, source, a: amountOf(before), b: amountOf(after) }];
}

function quotaOver(side: Side, line: Pair['a'], periods: readonly SharedPeriod['a'][]): number | null {
  if (line === null) return null;
  return periods.reduce((sum, period) => sum + (valueIn(side, line, { stage: null, period }) ?? 0), 0);
}

function amountOf(hundredths: number | null): InputValue | null {
  return hundredths === null ? null : { kind: 'amount', hundredths };
}
