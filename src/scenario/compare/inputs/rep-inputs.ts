/** Reps of two plans as inputs: who is there and when, who goes by another name, who moved to another team. */
import { isSamePerson, type Person, personKey } from '../people/person.ts';
import { peopleIn } from '../people/renamed.ts';
import { isSame } from '../same.ts';
import type { Side } from '../side.ts';
import { type InputDifference, type InputValue, input, type Stay } from './input-value.ts';

/** Somebody with all stays in a team, the last one first; null where it is only known that there are goals. */
interface Listed extends Person {
  readonly stays: readonly Stay[] | null;
}

/**
 * In the order of the first, then who is in the second alone. Who is in one team here and in another there has one row;
 * of a saved result that does not tell its reps only that somebody has goals is known.
 */
export function repDifferences(a: Side, b: Side): InputDifference[] {
  const isTold = a.stated !== null && b.stated !== null;
  const [before, after] = [listedIn(a, isTold), listedIn(b, isTold)];
  const [onlyA, onlyB] = [missingIn(after, before), missingIn(before, after)];
  const moved = new Map<Listed, Listed>();
  for (const one of onlyA) {
    const other = onlyB.find((of) => isSamePerson(one, of) && ![...moved.values()].includes(of));
    if (other !== undefined) moved.set(one, other);
  }
  const arrived = new Set(moved.values());
  return [
    ...[...before].flatMap(([key, one]) => {
      const other = moved.get(one);
      if (other !== undefined) return [movedRow(one, other)];
      return [...namedRow(one, a.formerNames.get(key)), ...staysRow(one, after.get(key) ?? null)];
    }),
    ...onlyB.filter((of) => !arrived.has(of)).flatMap((of) => staysRow(null, of)),
  ];
}

type People = ReadonlyMap<string, Listed>;

function listedIn(side: Side, isTold: boolean): People {
  const stays = new Map<string, Stay[]>();
  for (const { team, name, start, end } of side.stated?.reps ?? []) {
    const key = personKey({ team, name });
    stays.set(key, [...(stays.get(key) ?? []), { start, end }]);
  }
  const lastFirst = (all: readonly Stay[]) => [...all].sort((x, y) => (y.start ?? 0) - (x.start ?? 0));
  const staysOf = (key: string) => lastFirst(stays.get(key) ?? [{ start: null, end: null }]);
  const people = peopleIn(isTold ? side : { lines: side.lines, stated: null });
  return new Map(
    people.map((person) => {
      const key = personKey(person);
      return [key, { ...person, stays: isTold ? staysOf(key) : null }];
    }),
  );
}

const missingIn = (others: People, people: People): Listed[] =>
  [...people].flatMap(([key, person]) => (others.has(key) ? [] : [person]));

function staysRow(before: Listed | null, after: Listed | null): InputDifference[] {
  const { team, name } = (before ?? after)!;
  const [a, b] = [daysOf(before), daysOf(after)];
  return isSame(a, b) ? [] : [{ ...input('reps', NOTHING, { team, rep: name }), a, b }];
}

function daysOf(person: Listed | null): InputValue | null {
  if (person === null) return null;
  return person.stays === null ? { kind: 'text', text: 'has goals' } : { kind: 'dates', stays: person.stays };
}

function namedRow({ team, name }: Listed, former: string | undefined): InputDifference[] {
  if (former === undefined) return [];
  const named = (text: string): InputValue => ({ kind: 'name', name: text });
  return [{ ...input('reps', NOTHING, { team, rep: name }), a: named(former), b: named(name) }];
}

/** Where the days are the same only the teams are said. */
function movedRow(before: Listed, after: Listed): InputDifference {
  const place = ({ team, stays }: Listed): InputValue => ({
    kind: 'place',
    team,
    stays: isSame(before.stays, after.stays) ? [] : (stays ?? []),
  });
  return { ...input('reps', NOTHING, { rep: after.name }), a: place(before), b: place(after) };
}

const NOTHING: InputValue = { kind: 'text', text: '' };
