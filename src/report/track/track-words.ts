/** Whose row of a tracking report it is. */
import type { TrackLine } from '../../track/track.ts';

export function nameOfLine({ rep, territory, team, source, owner }: TrackLine): string {
  const name = rep ?? territory ?? (team === null ? 'Company' : team.slice(team.lastIndexOf('/') + 1));
  const of = source ?? owner;
  return of === null ? name : `${name}, ${of}`;
}
