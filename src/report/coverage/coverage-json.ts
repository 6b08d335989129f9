/** Coverage as JSON, the format `leadgoal.coverage`, and as CSV. */
import type { Coverage, CoverageRow } from '../../coverage/coverage.ts';
import type { Input } from '../../files/input.ts';
import { formatDay } from '../../period/day.ts';
import type { Problem } from '../../problem.ts';
import { pathUp } from '../../rates/rate-row.ts';
import { csvTable } from '../csv.ts';
import { jsonDocument, warningRows } from '../json-document.ts';
import {
  COVERAGE_COLUMNS,
  changeRow,
  checkRow,
  coverageRow,
  DEAL_COLUMNS,
  dealRow,
  moveRow,
} from './coverage-rows.ts';
import { selectedDeals, selectedRows, selectsKey, selectsMove } from './coverage-selection.ts';
import type { CoverageShown } from './coverage-view.ts';

export interface CoverageFile extends CoverageShown {
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
}

/** Text of the document in pieces. */
export function coverageJson(of: CoverageFile): Iterable<string> {
  const { coverage, selection, inputs, warnings } = of;
  return jsonDocument({
    format: 'leadgoal.coverage',
    model: coverage.model,
    inputs,
    parts: [
      ['coverage', texts(selectedRows(coverage.rows, selection).map(coverageRow))],
      ['checks', texts(of.checks.map(checkRow))],
      ...(of.deals ? [['deals', texts(dealRows(of))] as const] : []),
      ...changeParts(of),
      ['warnings', warningRows(warnings, inputs)],
    ],
  });
}

function changeParts({ changes, selection }: CoverageShown) {
  if (changes === null) return [];
  const rows = changes.rows.filter(({ key }) => selectsKey(selection, key));
  return [
    ['changes', texts(rows.map(changeRow))] as const,
    ['moves', texts(changes.moves.filter((move) => selectsMove(selection, move)).map(moveRow))] as const,
  ];
}

function dealRows({ coverage, selection }: CoverageShown): Readonly<Record<string, unknown>>[] {
  const stages = coverage.model.stages;
  return selectedDeals(coverage.deals, { selection, stages }).map((deal) => dealRow(deal, coverage));
}

function* texts(rows: readonly object[]): Iterable<string> {
  for (const row of rows) yield JSON.stringify(row);
}

/** A line a row, or with deals a line an open deal; of one level, the finest unless asked for: safe to sum. */
export function coverageCsv(shown: CoverageShown, bom: boolean): Iterable<string> {
  const { coverage, selection, deals } = shown;
  const { name, asOf } = coverage.model;
  const head = { plan: name, as_of: formatDay(asOf) };
  const rows = deals ? dealRows(shown) : rowsOf(coverage, selection).map(coverageRow);
  const columns = [...Object.keys(head), ...(deals ? DEAL_COLUMNS : COVERAGE_COLUMNS)];
  return csvTable(
    rows.map((row) => ({ ...head, ...row })),
    { columns, bom },
  );
}

/** The rows that carry quotas; of a level the uppermost, as teams hold the teams below them. */
function rowsOf({ rows }: Coverage, selection: CoverageShown['selection']): CoverageRow[] {
  const { level } = selection;
  const selected = selectedRows(rows, selection);
  if (level === null) return selected.filter(({ finest }) => finest);
  if (level !== 'team') return selected;
  const teams = new Set(selected.map(({ team }) => team));
  return selected.filter(({ team }) =>
    pathUp(team)
      .slice(1)
      .every((above) => !teams.has(above)),
  );
}
