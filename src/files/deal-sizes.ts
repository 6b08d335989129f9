/** The deal-size file: average amounts of a closed deal by team, rep or source. */
import { at, type Problem, type ProblemCode } from '../problem.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { CurrencyWatch } from './currency-watch.ts';
import type { Names } from './names.ts';
import { SCOPE_COLUMNS, type ScopeContext, scopeOf } from './scope-cells.ts';
import { cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

export const DEAL_SIZE_COLUMNS: readonly WantedColumn[] = [
  ...SCOPE_COLUMNS,
  { name: 'deal_size', holds: 'number', required: true },
  { name: 'currency', holds: 'text', required: false },
];

/** Errors: `deal_size_empty`, `deal_size_not_positive`, `deal_size_twice`, `second_currency`, faults of cells. */
export function parseDealSizes(
  sheet: Sheet,
  context: { readonly names: Names; readonly sources: readonly string[]; readonly currency: CurrencyWatch },
): { sizes: DealSize[]; problems: Problem[] } {
  const read = cellReader(sheet);
  const scoping: ScopeContext = { ...context, read, problems: [] };
  const sizes: DealSize[] = [];
  context.currency.header(sheet, ['deal_size']);
  for (const row of sheet.rows) {
    const scope = scopeOf(scoping, row);
    const amount = read.amount(row, 'deal_size');
    const fault = (code: ProblemCode, args = {}) =>
      scoping.problems.push(read.problemAt(row, 'deal_size', { code, arguments: args }));
    if (amount === null) {
      if (read.isMissing(row, 'deal_size')) fault('deal_size_empty');
      continue;
    }
    context.currency.cell(amount.written, at(sheet.file, row.line));
    context.currency.column(read, row);
    const same = sizes.find(
      (other) => other.team === scope.team && other.rep === scope.rep && other.source === scope.source,
    );
    if (!(Math.round(amount.value * 100) > 0))
      fault('deal_size_not_positive', { text: String(amount.value) });
    else if (same) fault('deal_size_twice', { line: same.where.line ?? 0 });
    else {
      const where = at(sheet.file, row.line);
      sizes.push({ ...scope, amount: Math.round(amount.value * 100), deals: null, where });
    }
  }
  return { sizes, problems: [...scoping.problems, ...read.problems] };
}
