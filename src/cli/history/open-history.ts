/** The files of a history, found and open while they are used: which belong together, how each is to be read. */
import type { Engine } from '../../engines/engine.ts';
import { findHistoryFiles } from '../../files/history/find-files.ts';
import { sharesIds } from '../../files/history/shared-ids.ts';
import type { Input } from '../../files/input.ts';
import type { TemporaryFile } from '../../files/read.ts';
import type { HistoryFiles } from '../../history/layout.ts';
import type { Parsed } from '../../problem.ts';
import type { HistoryAsked } from './history-asked.ts';
import { columnsNotThere } from './history-checks.ts';
import { formsOf, joinOrder } from './history-files.ts';

export interface OpenHistory {
  readonly files: readonly HistoryFiles[];
  /** Files whose rows belong to the records of the others. */
  readonly joined: readonly HistoryFiles[];
  readonly inputs: readonly Input[];
  /** Copies made on the way, removed once the history has been used. */
  readonly copies: TemporaryFile[];
}

/** Hands the files on while they are open. Errors: those of finding and reading them; `usage` for a column that none has. */
export async function withOpenHistory<Result>(
  asked: HistoryAsked,
  engine: Engine,
  use: (open: OpenHistory) => Promise<Parsed<Result>>,
): Promise<Parsed<Result>> {
  const found = findHistoryFiles(asked.names);
  const joined = asked.join === null ? null : findHistoryFiles([asked.join]);
  const copies: TemporaryFile[] = [];
  try {
    const problems = [...found.problems, ...(joined?.problems ?? [])];
    if (found.value === null || joined?.value === null) return { value: null, problems };
    const of = { engine, plan: asked.plan, copies, decimal: asked.options.decimal ?? null };
    const files = await formsOf(found.value.files, of);
    const joinedFiles = joined === null ? null : await formsOf(joined.value.files, of);
    if (files.value === null || (joinedFiles !== null && joinedFiles.value === null))
      return { value: null, problems: [...files.problems, ...(joinedFiles?.problems ?? [])] };
    const absent = columnsNotThere(asked.columns, [...files.value, ...(joinedFiles?.value ?? [])]);
    if (absent.length > 0) return { value: null, problems: absent };
    const together =
      joinedFiles === null
        ? inOrder(files.value, asked, copies)
        : { files: files.value, joined: joinedFiles.value ?? [] };
    const inputs = [...asked.plan.inputs, ...found.value.inputs, ...(joined?.value.inputs ?? [])];
    return await use({ ...together, inputs, copies });
  } finally {
    found.value?.close();
    joined?.value?.close();
    for (const copy of copies) copy.remove();
  }
}

/** Leads and their deals, where it is clear that they belong together; else side by side. */
function inOrder(
  files: readonly HistoryFiles[],
  { isCrm, plan }: HistoryAsked,
  copies: TemporaryFile[],
): Pick<OpenHistory, 'files' | 'joined'> {
  const order = joinOrder(files, plan.stages);
  const isJoined = order.joined.length > 0 && (isCrm || sharesIds(order.files, order.joined, copies));
  return isJoined ? order : { files, joined: [] };
}
