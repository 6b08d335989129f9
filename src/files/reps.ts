/** The reps file: who is in which team from when to when, and by which other names they go. */
import type { Problem } from '../problem.ts';
import { isSamePerson, type ListedRep, nameKey } from './names.ts';
import { cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

export const REP_COLUMNS: readonly WantedColumn[] = [
  { name: 'rep', holds: 'text', required: true },
  { name: 'team', holds: 'text', required: false },
  { name: 'start', holds: 'date', required: false },
  { name: 'end', holds: 'date', required: false },
  { name: 'id', holds: 'text', required: false },
  { name: 'email', holds: 'text', required: false },
  { name: 'aliases', holds: 'text', required: false },
];

/** Errors: `rep_empty`, `rep_ends_before_start`, `rep_twice` (the same person in overlapping times), faults of dates. */
export function parseReps(sheet: Sheet): { reps: ListedRep[]; problems: Problem[] } {
  const read = cellReader(sheet);
  const reps: ListedRep[] = [];
  const byName = new Map<string, ListedRep[]>();
  const problems: Problem[] = [];
  for (const row of sheet.rows) {
    const name = read.text(row, 'rep');
    if (name === null) {
      problems.push(read.problemAt(row, 'rep', { code: 'rep_empty', arguments: {} }));
      continue;
    }
    const rep: ListedRep = {
      name,
      team: read.text(row, 'team'),
      start: read.day(row, 'start'),
      end: read.day(row, 'end'),
      id: read.text(row, 'id'),
      email: read.text(row, 'email'),
      aliases: (read.text(row, 'aliases') ?? '')
        .split(/[;|,]/)
        .map((alias) => alias.trim())
        .filter((alias) => alias !== ''),
      where: { file: sheet.file, line: row.line, column: null },
    };
    if (rep.start !== null && rep.end !== null && rep.end < rep.start) {
      problems.push(read.problemAt(row, 'end', { code: 'rep_ends_before_start', arguments: { who: name } }));
    }
    const namesakes = byName.get(nameKey(name)) ?? [];
    const twice = namesakes.find((other) => isSamePerson(rep, other) && meet(rep, other));
    if (twice) {
      const args = { who: name, line: twice.where.line ?? 0 };
      problems.push(read.problemAt(row, 'rep', { code: 'rep_twice', arguments: args }));
    } else {
      reps.push(rep);
      byName.set(nameKey(name), [...namesakes, rep]);
    }
  }
  return { reps, problems: [...problems, ...read.problems] };
}

function meet(first: ListedRep, second: ListedRep): boolean {
  const before = (earlier: ListedRep, later: ListedRep) =>
    earlier.end !== null && later.start !== null && earlier.end < later.start;
  return !before(first, second) && !before(second, first);
}
