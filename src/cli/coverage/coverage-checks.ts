/** Checks of a coverage: which rows, whether they can be made, what is said where one fails. */
import { type Check, type Condition, checkRows } from '../../coverage/checks.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { NEED_RATES } from '../../coverage/measures.ts';
import type { SavedCoverage } from '../../coverage/saved-coverage.ts';
import { formatDay } from '../../period/day.ts';
import type { PlanModel } from '../../plan/model.ts';
import { at, error, NOWHERE, type Problem } from '../../problem.ts';
import { checkLines } from '../../report/coverage/checks-lines.ts';
import { selectedRows } from '../../report/coverage/coverage-selection.ts';
import type { CoverageShown } from '../../report/coverage/coverage-view.ts';
import type { Selection } from '../../report/selection.ts';
import { EXIT, type Io } from '../io.ts';
import type { Target } from '../output.ts';

/** A saved coverage of other money, of a later day, or of a part of the company says nothing of what changed. */
export function incomparable(model: PlanModel, since: SavedCoverage | null, path = ''): Problem[] {
  if (since === null) return [];
  const why =
    since.unit !== model.quotaUnit || since.currency !== model.currency
      ? 'currency'
      : since.asOf > model.asOf
        ? 'later'
        : since.rows.some(({ level }) => level === 'company')
          ? null
          : 'part';
  if (why !== null) return [error('since_incomparable', at(path), { why, as_of: formatDay(since.asOf) })];
  return [];
}

/** Checks that cannot be made: without rates, or of no row at all. */
export function uncheckable(
  { hasRates, model }: Coverage,
  conditions: readonly Condition[],
  checks: readonly Check[],
): Problem[] {
  const measures = conditions.flatMap(({ measure, limit }) =>
    typeof limit === 'string' ? [measure, limit] : [measure],
  );
  const needing = hasRates ? undefined : measures.find((measure) => NEED_RATES.has(measure));
  if (needing !== undefined) {
    const hint = 'add `rates:` to the plan, or say --rates FILE';
    return [error('usage', NOWHERE, { detail: `--fail-when: ${needing} needs rates`, hint })];
  }
  if (conditions.length === 0 || checks.length > 0) return [];
  const hint = model.reps.length > 0 ? 'choose another --level, --team or --rep' : 'choose another --level';
  return [error('usage', NOWHERE, { detail: '--fail-when: there is no such row to check', hint })];
}

interface Checked {
  readonly selection: Selection;
  readonly conditions: readonly Condition[];
  readonly since: SavedCoverage | null;
  /** Whether periods were named: then all are checked, else the current one alone. */
  readonly isNamed: boolean;
}

/** Of the company unless a level, or a team or rep, was asked for. */
export function checksOf(
  { rows, periods }: Coverage,
  { selection, conditions, since, isNamed }: Checked,
): Check[] {
  const { level, teams, reps } = selection;
  const asked = level ?? (reps.length > 0 ? 'rep' : teams.length > 0 ? 'team' : 'company');
  const selected = selectedRows(rows, { ...selection, level: null });
  const meant = isNamed ? selected : selected.filter(({ period }) => period === periods[0]);
  return checkRows(meant, { conditions, level: asked, since });
}

/** The exit code; failed checks are also said on standard error where no text on standard output says them. */
export function sayFailed({ checks, coverage }: CoverageShown, targets: readonly Target[], io: Io): number {
  if (!checks.some(({ status }) => status === 'fail')) return EXIT.done;
  const isSaid = targets.some(({ path, format }) => path === null && format !== 'json' && format !== 'csv');
  const unit = { kind: coverage.model.quotaUnit, currency: coverage.model.currency };
  if (!isSaid) io.err(`${checkLines(checks, unit).join('\n')}\n`);
  return EXIT.checkFailed;
}
