/** One currency a plan: whatever stands beside amounts must mean the plan's, or the first one met. */
import { at, error, type Problem, type Where } from '../problem.ts';
import { canMean, currencyOf } from './sheet/currency.ts';
import type { Row } from './sheet/records.ts';
import type { CellReader } from './sheet/sheet-cells.ts';
import type { Sheet } from './sheet/sheet-model.ts';

export interface CurrencyWatch {
  /** Symbol or code written beside an amount; null where there is none. */
  cell(written: string | null, where: Where): void;
  /** The code that a column beside the amounts gives; that of amounts as typed says nothing of converted ones. */
  column(read: CellReader, row: Row): void;
  /** Currencies that the headers of these columns name. */
  header(sheet: Sheet, columns: readonly (string | number)[]): void;
  /** The plan's currency, else the first one met; null where none was. */
  readonly currency: string | null;
  readonly problems: readonly Problem[];
}

/** Headers of amounts in the company's own currency, and of the code of that currency. */
const CONVERTED = /converted|(company|home)[ _]currency/i;

/** Errors: `second_currency`, which names both. */
export function watchCurrency(planned: string | null): CurrencyWatch {
  const problems: Problem[] = [];
  let known = planned;
  let last: string | null = null;
  let isConverted = false;
  const meet = (written: string | null, where: Where): void => {
    if (written === null || (written === last && known !== null)) return;
    last = null;
    known ??= currencyOf(written);
    if (known === null || canMean(written, known)) last = written;
    else problems.push(error('second_currency', where, { written, currency: known }));
  };
  return {
    cell: meet,
    column(read, row) {
      if (!isConverted) meet(read.text(row, 'currency'), read.placeOf(row, 'currency'));
    },
    header(sheet, columns) {
      const isOfConverted = (of: (name: string) => boolean) =>
        sheet.columns.some(({ name, header }) => of(name) && CONVERTED.test(header));
      isConverted =
        isOfConverted((name) => columns.includes(name)) && !isOfConverted((name) => name === 'currency');
      for (const column of sheet.columns) {
        if (!columns.includes(column.name) && !columns.includes(column.index)) continue;
        meet(column.currency, at(sheet.file, sheet.headerLine, column.index + 1));
      }
    },
    get currency() {
      return known;
    },
    problems,
  };
}
