/** Lines of two plans beside each other, by whose they are. */
import { compareKeys, keyOf, type Line, type LineKey } from '../../../plan/line.ts';
import { isSamePerson, type Person, personKey } from '../people/person.ts';
import { peopleIn } from '../people/renamed.ts';
import type { Side } from '../side.ts';

/** Why a row stands on one side only (who came or went, what began or ended to have goals), or has another name. */
export const NOTES = [
  'joined',
  'left',
  'renamed',
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
  /** Null where both have it under one name. */
  readonly note: Note | null;
  /** Of somebody renamed the name in the first plan; of who moved, the team in the other; else null. */
  readonly was: string | null;
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
      const told =
        before === null
          ? cameTo(knownInA, line)
          : after === null
            ? goneFrom(knownInB, line)
            : renamed(a, line);
      return { key: line, a: before, b: after, ...told };
    })
    .sort((first, second) => compareKeys(first.key, second.key));
}

type Told = Pick<Pair, 'note' | 'was'>;

const told = (note: Note | null, was: string | null = null): Told => ({ note, was });

function renamed({ formerNames }: Side, { team, rep }: LineKey): Told {
  const former = rep === null ? undefined : formerNames.get(personKey({ team, name: rep }));
  return former === undefined ? told(null) : told('renamed', former);
}

/** Whose lines a plan has, sources aside, and who is in it. */
interface Known {
  readonly keys: ReadonlySet<string>;
  readonly people: readonly Person[];
}

const overSources = (line: LineKey): string => keyOf({ ...line, source: null });

function knownIn({ lines }: Side): Known {
  return { keys: new Set(lines.map(overSources)), people: peopleIn({ lines, stated: null }) };
}

function cameTo(before: Known, line: LineKey): Told {
  if (before.keys.has(overSources(line))) return told('new source');
  if (line.rep !== null) return movedOr('joined', before, line);
  return told(line.territory === null ? 'new team' : 'new territory');
}

function goneFrom(after: Known, line: LineKey): Told {
  if (after.keys.has(overSources(line))) return told('source gone');
  if (line.rep !== null) return movedOr('left', after, line);
  return told(line.territory === null ? 'team gone' : 'territory gone');
}

function movedOr(note: 'joined' | 'left', { people }: Known, { team, rep, repId }: LineKey): Told {
  const person = { name: rep!, id: repId };
  const elsewhere = people.filter((other) => other.team !== team && isSamePerson(other, person));
  if (elsewhere.length === 0) return told(note);
  const teams = elsewhere.flatMap((other) => other.team ?? []).sort();
  const where = teams.length === 0 ? null : teams.join(', ');
  return told(note === 'joined' ? 'moved here' : 'moved away', where);
}
