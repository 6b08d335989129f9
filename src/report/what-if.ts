/** What was changed for a what-if, as it was asked for. */
import type { Change } from '../plan/change.ts';
import type { PlanModel } from '../plan/model.ts';
import { type Prose, prose } from './block.ts';

/** `what if (stretch): quota +10%, rates.opportunity_to_close of West 25%`; nothing where nothing is changed. */
export function whatIfLine({ changes }: Pick<PlanModel, 'changes'>): Prose[] {
  return changes.length === 0 ? [] : [prose(whatIfText(changes), 'strong')];
}

export function whatIfText(changes: readonly Change[]): string {
  const scenarios = new Set(changes.flatMap(({ scenario }) => (scenario === null ? [] : [scenario])));
  const named = scenarios.size === 0 ? '' : ` (${[...scenarios].join(', ')})`;
  return `what if${named}: ${changes.map(changeText).join(', ')}`;
}

/** `quota of West +10%`. */
export function changeText({ key, team, rep, source, value }: Change): string {
  const whose = [rep, team, source].filter((name) => name !== null).join(', ');
  return `${key}${whose === '' ? '' : ` of ${whose}`} ${value}`;
}

/** Rows of the JSON's `set`. */
export function setRows(changes: readonly Change[]): Change[] {
  return changes.map(({ key, team, rep, source, value, scenario }) => {
    return { key, team, rep, source, value, scenario };
  });
}
