/** Whose a record of the pipeline is, and where it came from: the same texts are looked up once. */
import { monthOfDay } from '../period/month.ts';
import type { PipelineRecord } from '../plan/model.ts';
import type { Rep } from '../quota/rep.ts';
import { isKnownRep, isKnownTeam, personMeant, teamNamed } from './names.ts';
import type { Reading } from './pipeline-reading.ts';
import type { Row } from './sheet/records.ts';

/** What a record says of its owner, with the rep and the team it is of: null where it is nobody's. */
type Owned = Pick<PipelineRecord, 'rep' | 'team' | 'owner' | 'source'>;

/**
 * Null, with a problem, where the plan knows neither its owner nor a team it names. Lost records are in no number:
 * whose they were, and where from, needs no telling; they stay, so that what was open is known to be lost.
 */
export function ownedBy(
  reading: Reading,
  row: Row,
  dated: Pick<PipelineRecord, 'outcome' | 'closeDate' | 'amount'>,
): Owned | null {
  const isLost = dated.outcome === 'lost';
  const naming = isLost ? { ...reading, ...reading.silent } : reading;
  const whose = whoseIs(naming, row, dated) ?? (isLost ? { rep: null, team: null } : null);
  if (whose === null) return null;
  return {
    rep: whose.rep,
    team: whose.team,
    owner: reading.read.text(row, 'rep'),
    source: sourceOf(naming, row, dated.amount),
  };
}

/** Whose a record is; null where the plan knows neither its owner nor a team it names. */
function whoseIs(
  reading: Reading,
  row: Row,
  { outcome, closeDate, amount }: Pick<PipelineRecord, 'outcome' | 'closeDate' | 'amount'>,
): { rep: Rep | null; team: string | null } | null {
  const { read, names, named, asOf } = reading;
  const idText = read.text(row, 'rep_id');
  const repText = read.text(row, 'rep');
  const teamText = read.text(row, 'team');
  const then = outcome === 'won' ? closeDate : asOf;
  const month = then === null ? null : monthOfDay(then);
  const key = `${idText ?? ''}\u0000${repText ?? ''}\u0000${teamText ?? ''}\u0000${month ?? ''}`;
  const known = reading.people.get(key);
  if (known !== undefined) return known;
  const texts = [idText, repText].filter((text) => text !== null);
  const team = teamText !== null && isKnownTeam(names, teamText) ? teamNamed(names, teamText) : null;
  const text = texts.find((name) => isKnownRep(names, name));
  if (text === undefined)
    return withoutRep(reading, row, { text: texts.at(-1) ?? null, team, teamText, amount });
  const months = month === null ? null : { first: month, last: month };
  const where = read.placeOf(row, 'rep');
  const { rep, problem } = personMeant(names, { text, team, where, months });
  if (rep !== null) {
    const found = { rep, team: rep.team };
    reading.people.set(key, found);
    return found;
  }
  if (team !== null) return { rep: null, team };
  if (problem !== null) reading.problems.push({ ...problem, severity: reading.sheet.rowFaults });
  else named.add('pipeline_rep_unknown', { text, row, column: 'rep', amount });
  return null;
}

/** A record whose owner the plan does not know: its team's; the company's where the plan knows nobody. */
function withoutRep(
  { names, named }: Reading,
  row: Row,
  of: { text: string | null; team: string | null; teamText: string | null; amount: number | null },
): { rep: null; team: string | null } | null {
  const { text, team, teamText, amount } = of;
  if (team !== null) {
    if (text !== null && names.reps.size > 0)
      named.add('pipeline_rep_without_quota', { text, row, column: 'rep', amount, team });
    return { rep: null, team };
  }
  if (names.reps.size === 0 && names.teams.size === 0) return { rep: null, team: null };
  const [column, name] = text === null ? ['team', teamText ?? ''] : ['rep', text];
  named.add('pipeline_rep_unknown', { text: name, row, column, amount });
  return null;
}

/** The plan's spelling of a source; one it does not know is of no source, and is said once. */
function sourceOf({ read, sources, named }: Reading, row: Row, amount: number | null): string | null {
  const text = read.text(row, 'source');
  if (text === null || sources.length === 0) return null;
  const known = sources.find((source) => source.toLowerCase() === text.toLowerCase());
  if (known === undefined) named.add('pipeline_source_unknown', { text, row, column: 'source', amount });
  return known ?? null;
}
