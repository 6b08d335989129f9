/** Whether rows of some files belong to records of others: by a link, or by ids that both have. */
import type { HistoryFiles } from '../../history/layout.ts';
import type { TemporaryFile } from '../read.ts';
import { csvHead } from './csv-head.ts';

/** As far as the starts of the files tell; where they do not tell, they do. */
export function sharesIds(
  first: readonly HistoryFiles[],
  second: readonly HistoryFiles[],
  copies: TemporaryFile[],
): boolean {
  const hasLink = (files: readonly HistoryFiles[]) => files.every(({ layout }) => layout.link !== null);
  const hasIds = (files: readonly HistoryFiles[]) => files.every(({ layout }) => layout.id !== null);
  if (hasLink(second) && hasIds(first)) return true;
  if (hasLink(first) && hasIds(second)) return true;
  if (!hasIds(first) || !hasIds(second)) return false;
  const ours = idsIn(first, copies);
  const theirs = idsIn(second, copies);
  if ([...theirs.ids].some((id) => ours.ids.has(id))) return true;
  return !ours.isAll || !theirs.isAll;
}

interface Ids {
  readonly ids: ReadonlySet<string>;
  /** Whether there are no others. */
  readonly isAll: boolean;
}

function idsIn(files: readonly HistoryFiles[], copies: TemporaryFile[]): Ids {
  const ids = new Set<string>();
  let isAll = true;
  for (const { kind, paths, names, layout, headers } of files)
    for (const [index, opened] of paths.entries()) {
      const name = names[index] ?? opened;
      const head = kind === 'csv' ? csvHead({ path: name, name, opened, kind }, copies).value : null;
      isAll &&= head?.isWhole ?? false;
      const rows = head?.rows ?? [];
      const header = rows.findIndex(({ cells }) => cells.join('\n') === headers.join('\n'));
      for (const { cells } of rows.slice(header + 1)) {
        const id = cells[layout.id ?? -1]?.trim() ?? '';
        if (id !== '') ids.add(id);
      }
    }
  return { ids, isAll };
}

/** Whether all of them are CSV with a header and nothing below it. */
export function haveNoRows(files: readonly HistoryFiles[], copies: TemporaryFile[]): boolean {
  return files.every(
    ({ kind, paths, names, headers }) =>
      kind === 'csv' &&
      paths.every((opened, index) => {
        const name = names[index] ?? opened;
        const rows = csvHead({ path: name, name, opened, kind }, copies).value?.rows ?? [];
        const header = rows.findIndex(({ cells }) => cells.join('\n') === headers.join('\n'));
        return header >= 0 && rows.slice(header + 1).every(({ cells }) => cells.join('').trim() === '');
      }),
  );
}
