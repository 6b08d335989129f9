/** Somebody who goes by another name in another plan: the same id in the same team. */
import { territoryKey } from '../../../plan/finest.ts';
import type { Line } from '../../../plan/line.ts';
import type { PlanModel } from '../../../plan/model.ts';
import type { Rep } from '../../../quota/rep.ts';
import type { Scope } from '../../../rates/rate-row.ts';
import type { Side } from '../side.ts';
import { type Person, personKey } from './person.ts';

/** New names by `personKey` of the old ones. */
type Renames = ReadonlyMap<string, string>;

/**
 * The first side with the names that its people have in the second, so that they meet in all that is compared; their
 * former names stay known. Who has no id, or would come by the name of somebody else in the team, keeps the own.
 */
export function namedAs(a: Side, b: Side): Side {
  const renames = renamesOf(peopleIn(a), peopleIn(b));
  if (renames.size === 0) return a;
  const nameOf = (team: string | null, name: string): string =>
    renames.get(personKey({ team, name })) ?? name;
  const formerNames = new Map(
    peopleIn(a)
      .filter((person) => renames.has(personKey(person)))
      .map(({ team, name }) => [personKey({ team, name: nameOf(team, name) }), name]),
  );
  const model = a.model === null ? null : renamedModel(a.model, renames);
  const stated =
    a.stated === null
      ? null
      : { ...a.stated, reps: a.stated.reps.map((rep) => ({ ...rep, name: nameOf(rep.team, rep.name) })) };
  return {
    ...a,
    lines: a.lines.map((line) => renamedLine(line, renames)),
    restsOn: a.restsOn.map((resting) => renamedScope(resting, renames)),
    stated,
    model,
    formerNames,
  };
}

/** Everybody who is listed or has goals, each once. */
export function peopleIn({ lines, stated }: Pick<Side, 'lines' | 'stated'>): Person[] {
  const listed = (stated?.reps ?? []).map(({ team, name, id }) => ({ team, name, id }));
  const withGoals = lines.flatMap(({ level, team, rep, repId, source }) =>
    level === 'rep' && rep !== null && source === null ? [{ team, name: rep, id: repId }] : [],
  );
  const people = new Map<string, Person>();
  for (const person of [...listed, ...withGoals])
    if (!people.has(personKey(person))) people.set(personKey(person), person);
  return [...people.values()];
}

function renamesOf(before: readonly Person[], after: readonly Person[]): Renames {
  const byId = new Map(after.map((person) => [idKey(person), person.name]));
  const renames = new Map<string, string>();
  for (const person of before) {
    const name = person.id === null ? undefined : byId.get(idKey(person));
    if (name !== undefined && name !== person.name) renames.set(personKey(person), name);
  }
  // a name that somebody keeps is not given to another one; who then keeps theirs may stand in a third one's way
  for (let found = -1; found !== renames.size; ) {
    found = renames.size;
    const kept = new Set(before.map(personKey).filter((key) => !renames.has(key)));
    for (const person of before) {
      const key = personKey(person);
      const name = renames.get(key);
      if (name !== undefined && kept.has(personKey({ ...person, name }))) renames.delete(key);
    }
  }
  return renames;
}

const idKey = ({ team, id }: Person): string => personKey({ team, name: id ?? '' });

function renamedLine(line: Line, renames: Renames): Line {
  if (line.rep !== null)
    return { ...line, rep: renames.get(personKey({ team: line.team, name: line.rep })) ?? line.rep };
  if (line.territory === null) return line;
  for (const [key, name] of renames) {
    const [team, former] = JSON.parse(key) as [string | null, string];
    if (team !== line.team || territoryKey({ ...line, rep: former }).territory !== line.territory) continue;
    return { ...line, territory: territoryKey({ ...line, rep: name }).territory };
  }
  return line;
}

/** What speaks of a rep in whatever team is of those renamed only where all of that name are. */
function renamedScope<Row extends Scope>(row: Row, renames: Renames): Row {
  const { team, rep } = row;
  if (rep === null) return row;
  const name =
    team === null
      ? [...renames].find(([key]) => (JSON.parse(key) as [string | null, string])[1] === rep)?.[1]
      : renames.get(personKey({ team, name: rep }));
  return name === undefined ? row : { ...row, rep: name };
}

function renamedModel(model: PlanModel, renames: Renames): PlanModel {
  const known = new Map<Rep, Rep>();
  const person = (rep: Rep): Rep => {
    const name = renames.get(personKey(rep));
    if (name === undefined) return rep;
    if (!known.has(rep)) known.set(rep, { ...rep, name });
    return known.get(rep)!;
  };
  const own = <Row extends { readonly rep: Rep | null }>(row: Row): Row =>
    row.rep === null ? row : { ...row, rep: person(row.rep) };
  const spokenOf = <Row extends Scope>(rows: readonly Row[]): Row[] =>
    rows.map((row) => renamedScope(row, renames));
  const { quotas, actuals, pipeline } = model;
  return {
    ...model,
    reps: model.reps.map(person),
    quotas: quotas.map(own),
    actuals: actuals?.map(own) ?? null,
    pipeline: pipeline === null ? null : { ...pipeline, records: pipeline.records.map(own) },
    rates: spokenOf(model.rates),
    dealSizes: spokenOf(model.dealSizes),
    rateChanges: model.rateChanges.map(spokenOf),
    dealSizeChanges: spokenOf(model.dealSizeChanges),
  };
}
