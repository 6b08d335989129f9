/** Rows that tell of one record → what they say of it together. */
import type { Day } from '../../period/day.ts';
import { isPlaceholder, stagesOf, type TallyRequest, ZERO } from './tally-request.ts';

/**
 * Rep, team and source as one value, so that all three are of one row: the largest is that of a row with a rep. Texts
 * in cells are never empty: empty stands for none here, since engines differ on where nulls are among others.
 */
export const WHOSE = `struct_pack(rep := coalesce(rep, ''), team := coalesce(team, ''), source := coalesce(source, ''))`;

/** What rows say beside the one that is taken: a team without a rep, and a source, contradict no other row. */
export const whoseElse = (test = 'true'): string =>
  `max(CASE WHEN ${test} AND rep IS NULL THEN team END) AS other_team, max(CASE WHEN ${test} THEN source END) AS other_source`;

/** Rep, team and source of rows put together: those of the row taken as `whose`, and what others say where it is silent. */
export const WHOSE_TOGETHER = [
  `nullif(whose.rep, '') AS rep`,
  `coalesce(nullif(whose.team, ''), other_team) AS team`,
  `coalesce(nullif(whose.source, ''), other_source) AS source`,
].join(', ');

/** Whether a day was known on the as-of day; null: every day is. */
const isKnown = (day: string, asOf: Day | null): string => {
  const isThere = asOf === null ? `${day} IS NOT NULL` : `${day} <= ${ZERO} + ${asOf}`;
  return `(${isThere} AND NOT ${isPlaceholder(day)})`;
};

interface Told {
  readonly stages: number;
  readonly asOf: Day | null;
}

/** How many of some rows tell of a day that was known. */
export function knownRows({ stages, asOf }: Told): string {
  const days = [...stagesOf(stages).map((stage) => `s${stage}`), 'lost'];
  return `count(CASE WHEN ${days.map((day) => isKnown(day, asOf)).join(' OR ')} THEN 1 END)`;
}

/**
 * The day some rows together were lost: the last where all that tell of a known day are. What came after the as-of day
 * cannot undo a loss; a loss that is not known stands, to be seen, where there is no other.
 */
export function lostTogether(told: Told): string {
  const isLost = isKnown('lost', told.asOf);
  const losses = `count(CASE WHEN ${isLost} THEN 1 END)`;
  const last = (test: string): string => `max(CASE WHEN ${test} THEN lost END)`;
  return `CASE WHEN ${losses} > 0 AND ${losses} = ${knownRows(told)} THEN ${last(isLost)} ELSE ${last(`NOT ${isLost}`)} END`;
}

/** The amounts of the deals among some rows that are won; where none is, one that cannot be, to be seen. */
export function wonAmounts({ stages, asOf }: Told): string {
  const isWon = isKnown(`s${stages - 1}`, asOf);
  return `coalesce(sum(CASE WHEN ${isWon} THEN amount END), min(CASE WHEN amount < 0 THEN amount END))`;
}

/** Records of one id put together: the earliest day of each stage, what one of them says. */
export function merged(of: Told & Pick<TallyRequest, 'records'>): string {
  const { records, stages } = of;
  const own = stagesOf(stages).map((stage) => `s${stage}`);
  const put = [
    `id, max(${WHOSE}) AS whose, ${whoseElse()}, max(link) AS link`,
    ...own.map((day) => `min(${day}) AS ${day}`),
    `${lostTogether(of)} AS lost, max(amount) AS amount, bool_or(amount_unread) AS amount_unread`,
    'bool_or(unread) AS unread, max(shown) AS shown, bool_or(stage_unknown) AS stage_unknown',
    'min(begins) AS begins, min(row) AS row',
  ];
  const rest = `link, ${own.join(', ')}, lost, amount, amount_unread, unread, shown, stage_unknown, begins, row`;
  const grouped = `SELECT ${put.join(', ')} FROM (${records}) WHERE id IS NOT NULL GROUP BY id`;
  const together = `SELECT id, ${WHOSE_TOGETHER}, ${rest} FROM (${grouped})`;
  return `${together} UNION ALL SELECT id, rep, team, source, ${rest} FROM (${records}) WHERE id IS NULL`;
}
