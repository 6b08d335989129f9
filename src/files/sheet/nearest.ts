/** "Did you mean": the known word nearest to what was typed. */

/** The nearest known word, if at most a third of its letters (at least one, for words of two or more) differ; else null. */
export function nearestWord(typed: string, known: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const word of known) {
    const steps = editSteps(wanted, word.toLowerCase());
    if (steps < least && steps <= Math.max(1, Math.floor(word.length / 3))) {
      best = word;
      least = steps;
    }
  }
  return best;
}

/** Letters to insert, delete or replace to turn one word into the other (Levenshtein 1966). */
export function editSteps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [index, other] of [...to].entries()) {
      next.push(Math.min(next[index]! + 1, row[index + 1]! + 1, row[index]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}

/** Whether two keys differ only in case, spaces and underscores. */
export function isSameKey(first: string, second: string): boolean {
  const plain = (key: string) => key.toLowerCase().replace(/[\s_]+/g, '');
  return plain(first) === plain(second);
}
