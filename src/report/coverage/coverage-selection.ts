/** Which rows and deals the user asked to see, and in which order a table has them. */
import type { Move } from '../../coverage/changes/moves.ts';
import type { CoverageKey, CoverageRow, OpenDeal } from '../../coverage/coverage.ts';
import { compareText } from '../../plan/line.ts';
import { EVERYTHING, type Selection, selects } from '../selection.ts';

const NO_SOURCE = { source: null, owner: null } as const;

export function selectsKey(selection: Selection, key: CoverageKey): boolean {
  return selects(selection, { ...key, ...NO_SOURCE });
}

export function selectedRows(rows: readonly CoverageRow[], selection: Selection): CoverageRow[] {
  return rows.filter((row) => selectsKey(selection, row));
}

/** Deals of the rows asked for, at the stages asked for. */
export function selectedDeals(
  deals: readonly OpenDeal[],
  { selection, stages }: { readonly selection: Selection; readonly stages: readonly string[] },
): OpenDeal[] {
  const whose = { ...selection, level: EVERYTHING.level };
  return deals.filter(
    ({ key, record }) =>
      selectsKey(whose, key) &&
      (selection.stages.length === 0 || selection.stages.includes(stages[record.stage]!)),
  );
}

/** The company, then every team with its reps and the teams below it. */
export function inTableOrder<Of extends CoverageKey>(rows: readonly Of[]): Of[] {
  const rank = ({ level }: CoverageKey): number => (level === 'company' ? 0 : level === 'rep' ? 2 : 1);
  return [...rows].sort(
    (first, second) =>
      Number(first.level !== 'company') - Number(second.level !== 'company') ||
      compareText(first.team, second.team) ||
      rank(first) - rank(second) ||
      compareText(nameKey(first), nameKey(second)) ||
      compareText(first.territory, second.territory),
  );
}

/** What a rep who left leaves open stands right after the rep. */
function nameKey({ rep, territory }: CoverageKey): string {
  return rep ?? /^open \(was (.*)\)$/s.exec(territory ?? '')?.[1] ?? '\uffff';
}

/** Deals without a rep's row are their team's. */
export function selectsMove(selection: Selection, { team, rep }: Move): boolean {
  const level = rep === null ? 'team' : 'rep';
  return selectsKey({ ...selection, level: null }, { level, team, rep, repId: null, territory: null });
}
