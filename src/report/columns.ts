/** Columns of tables as most of them are, and the choices that leave some of them out. */
import type { Choice, Column } from './block.ts';

/** A column of numbers. */
export function right(key: string, head: string, group: string): Column {
  return { key, head, align: 'right', group };
}

/** A column of words. */
export function left(key: string, head: string, group: string): Column {
  return { key, head, align: 'left', group };
}

/** Keys of columns that give way, and in words what is then not shown; null where nothing is missed. */
export type LeftOut = readonly [keys: readonly string[], words: string | null];

/** A choice for each step, from the widest to the narrowest. */
export function choicesWithout(
  columns: readonly Column[],
  labelRoom: number,
  steps: readonly LeftOut[],
): Choice[] {
  return steps.map(([keys, leftOut]) => ({
    columns: columns.filter(({ key }) => !keys.includes(key)),
    leftOut,
    labelRoom,
  }));
}
