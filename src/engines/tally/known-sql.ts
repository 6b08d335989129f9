/** Records → the day each reached every stage, and the day it was lost. */
import { DIRT_BITS, judged, LEFT_OUT } from './judge-sql.ts';
import { numberOf, stagesOf, type TallyRequest } from './tally-request.ts';

/** When each record reached every stage, and when it was lost for good; nothing of those left out. */
export function reached(request: TallyRequest): string {
  const { stages } = request;
  const out = LEFT_OUT.reduce((sum, kind) => sum + DIRT_BITS[kind], 0);
  const isGood = `(dirt & ${out}) = 0`;
  const reach = stagesOf(stages).map(
    (stage) => `CASE WHEN ${isGood} AND begins <= ${stage} THEN ${reachedOn(stage, stages)} END AS r${stage}`,
  );
  const lost = `CASE WHEN ${isGood} THEN lost END AS lost`;
  const days = `SELECT id, rep, team, source, amount, dirt, ${reach.join(', ')}, ${lost} FROM (${judged(request)})`;
  const gone = `CASE WHEN r${stages - 1} IS NULL AND lost >= greatest(${reachNames(stages)}) THEN lost END AS x`;
  const amount = wonAmount(`r${stages - 1}`);
  return `SELECT ${looked(request, 'r0')}, rep, team, source, ${amount}, dirt, ${reachNames(stages)}, ${gone} FROM (${days})`;
}

/**
 * The same of a history taken at its word, without a look at every record for what cannot be: that takes longer than
 * all else. Whether it may be taken so is told by its bounds (`isSound`).
 */
export function asItStands(request: TallyRequest): string {
  const { stages } = request;
  const reach = stagesOf(stages).map(
    (stage) => `${stage === 0 ? 's0' : reachedOn(stage, stages)} AS r${stage}`,
  );
  const id = looked(request, 's0');
  const amount = wonAmount(`s${stages - 1}`);
  // A stage may have a later day than the next one: what counts as reached hides it.
  const days = [...stagesOf(stages).map((stage) => `s${stage}`), 'lost'];
  const latest = `greatest(${days.join(', ')}) AS latest`;
  return `SELECT ${id}, rep, team, source, ${amount}, ${reach.join(', ')}, lost AS x, ${latest} FROM (${request.records})`;
}

/** Amounts of closed deals in hundredths, so that sums are exact in any order; one below zero stands, to be seen. */
const wonAmount = (end: string): string =>
  `CASE WHEN amount < 0 OR (${end} IS NOT NULL AND amount > 0) THEN CAST(round(amount * 100) AS BIGINT) END AS amount`;

/** The first day of that stage or a later one. */
function reachedOn(stage: number, stages: number): string {
  const later = stagesOf(stages)
    .slice(stage)
    .map((after) => `s${after}`);
  return later.length === 1 ? later[0]! : `least(${later.join(', ')})`;
}

const reachNames = (stages: number): string =>
  stagesOf(stages)
    .map((stage) => `r${stage}`)
    .join(', ');

/** Ids as numbers, 0 where there is none: of all records, or of those of some days, since those of one id have one. */
function looked({ hasIds, daysPerLook }: TallyRequest, day: string): string {
  if (!hasIds) return 'CAST(NULL AS UBIGINT) AS id';
  const sampled = daysPerLook === 1 ? '' : ` WHEN ${numberOf(day)} % ${daysPerLook} <> 0 THEN NULL`;
  return `CASE WHEN id IS NULL THEN 0${sampled} ELSE hash(id) END AS id`;
}
