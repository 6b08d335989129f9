/** Names in the pipeline that the plan does not know: each said once, with how many records and how much. */
import type { Problem, ProblemCode } from '../problem.ts';
import type { Row } from './sheet/records.ts';
import type { CellReader } from './sheet/sheet-cells.ts';

export interface UnknownName {
  readonly text: string;
  readonly row: Row;
  readonly column: string;
  /** Minor units. */
  readonly amount: number | null;
  /** The team that has its records instead. */
  readonly team?: string;
}

export interface Named {
  add(code: ProblemCode, of: UnknownName): void;
  /** One problem a name, at its first row. */
  problems(read: CellReader): Problem[];
}

export function namesLeftOut(): Named {
  const groups = new Map<string, { code: ProblemCode; first: UnknownName; count: number; amount: number }>();
  return {
    add(code, of) {
      const key = `${code}|${of.column}|${of.team ?? ''}|${of.text}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { code, first: of, count: 1, amount: of.amount ?? 0 });
      else {
        group.count += 1;
        group.amount += of.amount ?? 0;
      }
    },
    problems: (read) =>
      [...groups.values()].map(({ code, first, count, amount }) => {
        const args = { text: first.text, what: first.column, team: first.team ?? '', count, amount };
        return read.problemAt(first.row, first.column, { code, arguments: args });
      }),
  };
}
