/** Files of a history → those alike together. */
import type { HistoryFiles } from '../../history/layout.ts';

/** Files of the same header and form are read as one. */
export function grouped(files: readonly HistoryFiles[]): HistoryFiles[] {
  const groups = new Map<string, HistoryFiles>();
  for (const file of files) {
    const { csv, layout } = file;
    const key = JSON.stringify([file.kind, file.headers, csv?.delimiter, csv?.skip, csv?.decimal, layout]);
    const before = groups.get(key);
    groups.set(key, before === undefined ? file : joined(before, file));
  }
  return [...groups.values()];
}

function joined(first: HistoryFiles, second: HistoryFiles): HistoryFiles {
  const both = (a: ReadonlySet<number>, b: ReadonlySet<number>) =>
    new Set([...a].filter((index) => b.has(index)));
  const csv =
    first.csv === null || second.csv === null
      ? null
      : {
          ...first.csv,
          days: both(first.csv.days, second.csv.days),
          times: both(first.csv.times, second.csv.times),
          numbers: both(first.csv.numbers, second.csv.numbers),
        };
  return {
    ...first,
    paths: [...first.paths, ...second.paths],
    names: [...first.names, ...second.names],
    bytes: first.bytes + second.bytes,
    csv,
  };
}
