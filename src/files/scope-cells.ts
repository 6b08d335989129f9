/** The cells that say of whom a row speaks: team, rep and source, by the plan's own names. */
import { type Problem, warning } from '../problem.ts';
import { listedNearly, type Names, personNamed, teamNamed } from './names.ts';
import { nearestWord } from './sheet/nearest.ts';
import type { Row } from './sheet/records.ts';
import type { CellReader } from './sheet/sheet-cells.ts';
import type { WantedColumn } from './sheet/sheet-model.ts';

export const SCOPE_COLUMNS: readonly WantedColumn[] = [
  { name: 'team', holds: 'text', required: false },
  { name: 'rep', holds: 'text', required: false },
  { name: 'source', holds: 'text', required: false },
];

export interface ScopeContext {
  readonly read: CellReader;
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
  readonly problems: Problem[];
}

export interface ScopeRead {
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
}

/** Words for "whoever": the overall line. */
const ALL = /^(all|overall|everyone|everybody|\*)$/i;

/**
 * Team, rep and source of a row; null for whichever. A rep's team is that of the row, else the only one known.
 * Problems: `source_unknown`, `rep_not_listed` (a warning: the name is nearly that of a listed rep).
 */
export function scopeOf(context: ScopeContext, row: Row): ScopeRead {
  const cell = (column: string) => {
    const text = context.read.text(row, column);
    return text === null || ALL.test(text) ? null : text;
  };
  const teamText = cell('team');
  const repText = cell('rep');
  const sourceText = cell('source');
  const team = teamText === null ? null : teamNamed(context.names, teamText);
  const source = sourceText === null ? null : sourceNamed(context, row, sourceText);
  if (repText === null) return { team, rep: null, source };
  const near = listedNearly(context.names, repText);
  if (near !== null) {
    const where = context.read.placeOf(row, 'rep');
    context.problems.push(warning('rep_not_listed', where, { text: repText, nearest: near }));
  }
  const person = personNamed(context.names, repText);
  return { team: team ?? person.team, rep: person.name, source };
}

/** The plan's spelling of a source. */
function sourceNamed({ read, sources, problems }: ScopeContext, row: Row, text: string): string {
  const known = sources.find((source) => source.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return known;
  if (sources.length > 0) {
    const args = { text, nearest: nearestWord(text, sources) ?? '', known: sources.join(', ') };
    problems.push(read.problemAt(row, 'source', { code: 'source_unknown', arguments: args }));
  }
  return text;
}
