/** Who is who in two plans: by id where both know one, else by name. */

/** Somebody in a team, as far as it is known who that is. */
export interface Person {
  readonly team: string | null;
  readonly name: string;
  readonly id: string | null;
}

/** Of one plan: a name in a team, as one text. */
export function personKey({ team, name }: Pick<Person, 'team' | 'name'>): string {
  return JSON.stringify([team, name]);
}

/** In whatever teams they are. */
export function isSamePerson(first: Omit<Person, 'team'>, second: Omit<Person, 'team'>): boolean {
  if (first.id !== null && second.id !== null) return first.id === second.id;
  return first.name === second.name;
}
