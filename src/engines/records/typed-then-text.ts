/** Two ways to read the cells of a history, the fast one first. */
import { error, type Parsed, type Where } from '../../problem.ts';
import { refusalOf } from '../engine.ts';

/**
 * What is read when cells that look plain at the start of a file are taken for what they are; and where a cell further
 * down is not as plain, when all are text. Errors: those of reading, `history_unreadable` with what the engine says.
 */
export async function typedThenText<Value>(
  where: Where,
  read: (isTyped: boolean) => Promise<Parsed<Value>>,
): Promise<Parsed<Value>> {
  try {
    return await read(true);
  } catch (fault) {
    if (refusalOf(fault) === null) throw fault;
  }
  try {
    return await read(false);
  } catch (fault) {
    const cause = refusalOf(fault);
    if (cause === null) throw fault;
    return { value: null, problems: [error('history_unreadable', where, { cause })] };
  }
}
