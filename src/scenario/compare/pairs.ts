/** Lines of two plans beside each other, by whose they are. */
import { compareKeys, keyOf, type Line, type LineKey } from '../../plan/line.ts';
import type { Side } from './side.ts';

/** Why a row stands on one side only: who came or went, or what began or ended to have goals. */
export const NOTES = [
  'joined',
  'left',
  'moved here',
  'moved away',
  'new team',
  'team gone',
  'new territory',
  'territory gone',
  'new source',
  'source gone',
  'new goal',
  'goal gone',
] as const;
export type Note = (typeof NOTES)[number];

/** The same line in both plans; null where a plan has none. */
export interface Pair {
  readonly key: LineKey;
  readonly a: Line | null;
  readonly b: Line | null;
  /** Null where both have it. */
  readonly note: Note | null;
}

/** Every line of either plan, in order of their keys. */
export function pairsOf(a: Side, b: Side): Pair[] {
  const inA = new Map(a.lines.map((line) => [keyOf(line), line]));
  const inB = new Map(b.lines.map((line) => [keyOf(line), line]));
  const [knownInA, knownInB] = [knownIn(a), knownIn(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((key): Pair => {
      const [before, after] = [inA.get(key) ?? null, inB.get(key) ?? null];
      const line = (after ?? before)!;
      const note =
        before === null ? cameTo(knownInA, line) : after === null ? goneFrom(knownInB, line) : null;
      return { key: line, a: before, b: after, note };
    })
    .sort((first, second) => compareKeys(first.key, second.key));
}

/** Whose lines a plan has, sources aside, and the reps in any team. */
interface Known {
  readonly keys: ReadonlySet<string>;
  readonly reps: ReadonlySet<string | null>;
}

const overSources = (line: LineKey): string => keyOf({ ...line, source: null });

function knownIn({ lines }: Side): Known {
  return { keys: new Set(lines.map(overSources)), reps: new Set(lines.map(({ rep }) => rep)) };
}

function cameTo(before: Known, line: LineKey): Note {
  if (before.keys.has(overSources(line))) return 'new source';
  if (line.rep !== null) return before.reps.has(line.rep) ? 'moved here' : 'joined';
  return line.territory === null ? 'new team' : 'new territory';
}

function goneFrom(after: Known, line: LineKey): Note {
  if (after.keys.has(overSources(line))) return 'source gone';
  if (line.rep !== null) return after.reps.has(line.rep) ? 'moved away' : 'left';
  return line.territory === null ? 'team gone' : 'territory gone';
}
