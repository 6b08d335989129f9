/** What the coverage report says, in blocks: where it stands, what is apart, a table a period, the deals behind it. */
import type { Changes } from '../../coverage/changes/changes.ts';
import type { Check } from '../../coverage/checks.ts';
import type { Coverage, CoverageRow } from '../../coverage/coverage.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import type { AmountUnit } from '../format.ts';
import type { Selection } from '../selection.ts';
import { whatIfLine } from '../what-if.ts';
import { changesTable } from './changes-table.ts';
import { checkLines } from './checks-lines.ts';
import { apartLines, headLine, sentenceOf } from './coverage-head.ts';
import { inTableOrder, selectedRows } from './coverage-selection.ts';
import { coverageTable } from './coverage-table.ts';
import { dealsTable } from './deals-table.ts';

export interface CoverageShown {
  readonly coverage: Coverage;
  readonly selection: Selection;
  /** Sources and owners that were asked for. */
  readonly picked: readonly string[];
  /** Whether the open deals are listed. */
  readonly deals: boolean;
  /** What changed since an earlier one; null where none was given. */
  readonly changes: Changes | null;
  readonly checks: readonly Check[];
}

/** Blocks of the report; every text in them is safe to print. */
export function coverageView(shown: CoverageShown): Block[] {
  return blocksOf(shown).map((block) => mapTexts(block, printable));
}

function blocksOf(shown: CoverageShown): Block[] {
  const { coverage, selection, deals, changes, checks } = shown;
  const { model, periods } = coverage;
  const unit: AmountUnit = { kind: model.quotaUnit, currency: model.currency };
  const rows = selectedRows(coverage.rows, selection);
  const picked = [...selection.teams, ...selection.reps, ...shown.picked];
  const isAll = picked.length === 0;
  const head = headLine(coverage, isAll ? null : picked.join(', '));
  if (rows.length === 0) return [head, prose('Nothing in the plan is selected.')];
  const tops = topRows(coverage.rows, selection);
  const [first] = tops;
  return [
    head,
    ...whatIfLine(model),
    ...tops.map((row) => sentenceOf(coverage, row, unit)),
    ...(coverage.hasRates ? [] : [prose(NEEDS_RATES_LINE, 'warning')]),
    ...(first === undefined ? [] : apartLines(coverage, first, { unit, isAll })),
    ...periods.map((period) => {
      const ofPeriod = rows.filter((row) => row.period === period && hasAnything(row));
      return coverageTable(coverage, inTableOrder(ofPeriod), { period, unit });
    }),
    ...lagsLine(coverage),
    ...(changes === null ? [] : changesTable({ coverage, changes, selection, unit })),
    ...(deals ? dealsTable(coverage, selection, unit) : []),
    ...checkLines(checks, unit).map((line, index) => prose(line, 'bad', index === 0)),
  ];
}

const NEEDS_RATES_LINE =
  '! Where it lands, the chance and what is enough need rates: add `rates:` to the plan, or say --rates FILE.';

/** The rows sentences are about: the company's, or the one team's or rep's asked for. */
function topRows(rows: readonly CoverageRow[], { teams, reps }: Selection): CoverageRow[] {
  if (reps.length === 1) return rows.filter((row) => row.level === 'rep' && row.rep === reps[0]);
  if (reps.length > 1 || teams.length > 1) return [];
  const [team] = teams;
  return rows.filter((row) =>
    team === undefined ? row.level === 'company' : row.level === 'team' && row.team === team,
  );
}

/** Without lags everything closes in the month of its date: said, because it is never so. */
function lagsLine({ hasRates, model }: Coverage): Block[] {
  if (!hasRates || model.lags.some((lag) => lag !== null)) return [];
  return [prose('lags: none given, as if every record closed in the month of its close date', 'dim')];
}

/** A rep who is not there yet, or what nobody has left open, is no line of a table. */
function hasAnything({ level, quota, closed, prospects }: CoverageRow): boolean {
  return level !== 'rep' || quota !== 0 || closed !== 0 || prospects > 0;
}
