/**
 * The one SQL text that counts a history: records → small tables of counts, in one pass over the files.
 *
 * Plain enough for other engines: common table expressions, GROUP BY and UNION ALL. Days are whole numbers since
 * 1970-01-01 from `known` on.
 */

import type { DirtKind } from '../history/tallies.ts';
import type { Day } from '../period/day.ts';
import { DAYS_PER_MONTH } from '../period/month.ts';

export interface TallyRequest {
  /** A SELECT of records, as `recordSelect` makes them, with the stage each begins at as `begins`. */
  readonly records: string;
  readonly stages: number;
  readonly asOf: Day;
  readonly recentFrom: Day;
  readonly logFrom: Day | null;
  /** Whether records have ids. */
  readonly hasIds: boolean;
  /** Of so many ids one is looked at for records that come twice. */
  readonly idsPerLook: number;
  /** Whether records of one id are put together first. */
  readonly isMerged: boolean;
}

/** What is wrong with a record, as bits of one number. */
export const DIRT_BITS: Readonly<Record<Exclude<DirtKind, 'twice' | 'unmatched'>, number>> = {
  after_as_of: 1,
  placeholder_date: 2,
  date_unreadable: 4,
  stage_unknown: 8,
  id_missing: 16,
  start_missing: 32,
  end_before_start: 64,
  amount_impossible: 128,
};

/** A record with one of these is left out; with another only the cell is. */
const LEFT_OUT = [
  'date_unreadable',
  'stage_unknown',
  'id_missing',
  'start_missing',
  'end_before_start',
] as const;

/** No history has days from here on, nor before, nor the day computers count from: they stand for "none". */
const NEVER = `DATE '2100-01-01'`;
const BEFORE_ALL = `DATE '1930-01-01'`;
const ZERO = `DATE '1970-01-01'`;

const stagesOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const numberOf = (day: string): string => `CAST(${day} - ${ZERO} AS INTEGER)`;

const isPlaceholder = (day: string): string =>
  `(${day} >= ${NEVER} OR ${day} < ${BEFORE_ALL} OR ${day} = ${ZERO})`;

/** Two transitions apart where a funnel has three stages or more: between neighbours, and from first to last. */
export interface Step {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

export function stepsOf({ stages }: Pick<TallyRequest, 'stages'>): Step[] {
  const end = stages - 1;
  const neighbours = stagesOf(end).map((from) => ({ place: from, from, to: from + 1 }));
  return stages > 2 ? [...neighbours, { place: end, from: 0, to: end }] : neighbours;
}

/** Records of one id put together: the earliest day of each stage, what one of them says. */
function merged({ records, stages }: TallyRequest): string {
  const days = stagesOf(stages).map((stage) => `min(s${stage}) AS s${stage}`);
  const rest =
    'max(amount) AS amount, bool_or(amount_unread) AS amount_unread, bool_or(unread) AS unread, max(shown) AS shown, bool_or(stage_unknown) AS stage_unknown, min(begins) AS begins, min(row) AS row';
  const whose = 'max(rep) AS rep, max(team) AS team, max(source) AS source, max(link) AS link';
  const lost = 'CASE WHEN count(lost) = count(*) THEN max(lost) END AS lost';
  const put = `SELECT id, ${whose}, ${days.join(', ')}, ${lost}, ${rest} FROM (${records}) WHERE id IS NOT NULL GROUP BY id`;
  const apart = `SELECT id, rep, team, source, link, ${stagesOf(stages)
    .map((stage) => `s${stage}`)
    .join(
      ', ',
    )}, lost, amount, amount_unread, unread, shown, stage_unknown, begins, row FROM (${records}) WHERE id IS NULL`;
  return `${put} UNION ALL ${apart}`;
}

/** What is wrong with each record, and its days as far as they are known on the as-of day. */
export function judged(request: TallyRequest): string {
  const { stages, asOf, hasIds, isMerged } = request;
  const own = stagesOf(stages).map((stage) => `s${stage}`);
  const all = [...own, 'lost'];
  const latest = `greatest(${all.join(', ')})`;
  const first = `coalesce(${own.join(', ')})`;
  const rest = [...own.slice(1), 'lost'];
  const some = (test: (day: string) => string): string => `coalesce(${all.map(test).join(' OR ')}, false)`;
  const after = `(DATE '1970-01-01' + ${asOf})`;
  const clean = (day: string): string =>
    `CASE WHEN ${day} <= ${after} AND NOT ${isPlaceholder(day)} THEN ${day} END`;
  const bits: Readonly<Record<keyof typeof DIRT_BITS, string>> = {
    after_as_of: some((day) => `(${day} > ${after} AND ${day} < ${NEVER})`),
    placeholder_date: some(isPlaceholder),
    date_unreadable: 'coalesce(unread, false)',
    stage_unknown: 'coalesce(stage_unknown, false)',
    id_missing: hasIds ? 'id IS NULL' : 'false',
    start_missing: `${first} IS NULL AND NOT coalesce(unread, false)`,
    end_before_start: `coalesce(least(${rest.map(clean).join(', ')}) < ${clean('s0')}, false)`,
    amount_impossible: 'coalesce(amount < 0, false) OR coalesce(amount_unread, false)',
  };
  const dirt = Object.entries(bits)
    .filter(([, test]) => test !== 'false')
    .map(([kind, test]) => `CASE WHEN ${test} THEN ${DIRT_BITS[kind as keyof typeof DIRT_BITS]} ELSE 0 END`)
    .join(' + ');
  const columns = ['id, rep, team, source, begins, row', ...all.map((day) => `${clean(day)} AS ${day}`)];
  const amount = 'CASE WHEN amount >= 0 THEN amount END AS amount';
  const texts = `shown, CAST(${latest} AS VARCHAR) AS latest, CAST(least(${rest.join(', ')}) AS VARCHAR) AS earliest`;
  const source = isMerged ? merged(request) : request.records;
  return `SELECT ${columns.join(', ')}, ${amount}, ${texts}, ${dirt} AS dirt FROM (${source})`;
}

/** When each record reached every stage, and when it was lost for good; nothing of those left out. */
function reached(request: TallyRequest): string {
  const { stages } = request;
  const out = LEFT_OUT.reduce((sum, kind) => sum + DIRT_BITS[kind], 0);
  const isGood = `(dirt & ${out}) = 0`;
  const reach = stagesOf(stages).map((stage) => {
    const later = stagesOf(stages)
      .slice(stage)
      .map((after) => `s${after}`);
    const day = later.length === 1 ? later[0]! : `least(${later.join(', ')})`;
    return `CASE WHEN ${isGood} AND begins <= ${stage} THEN ${numberOf(day)} END AS r${stage}`;
  });
  const lost = `CASE WHEN ${isGood} THEN ${numberOf('lost')} END AS lost`;
  const id = request.hasIds
    ? `CASE WHEN hash(id) % ${request.idsPerLook} = 0 THEN id END AS id`
    : 'NULL AS id';
  const days = `SELECT ${id}, rep, team, source, amount, dirt, ${reach.join(', ')}, ${lost} FROM (${judged(request)})`;
  const furthest = `greatest(${stagesOf(stages)
    .map((stage) => `r${stage}`)
    .join(', ')})`;
  const gone = `CASE WHEN r${stages - 1} IS NULL AND lost >= ${furthest} THEN lost END AS x`;
  return `SELECT * EXCLUDE (lost), ${gone} FROM (${days})`;
}

/** Tables in the answer, by the number in its first column. */
export const PARTS = {
  entered: 0,
  exits: 1,
  units: 2,
  cohorts: 3,
  amounts: 4,
  first: 5,
  dirt: 6,
  twice: 7,
  total: 8,
} as const;

/** Columns of the answer: part, transition, rep, team, source, two keys, four counts. */
function part(
  name: keyof typeof PARTS,
  of: { place?: number; keys?: string; counts: string; from: string },
): string {
  const { place = 0, keys = NO_KEYS, counts, from } = of;
  return `SELECT ${PARTS[name]}, ${place}, ${keys}, ${counts} FROM ${from}`;
}

const NO_KEYS = 'NULL, NULL, NULL, NULL, NULL';
const NO_COUNTS = (count: number): string => ', NULL'.repeat(4 - count);

function stepParts({ place, from, to }: Step, { recentFrom, logFrom }: TallyRequest): string[] {
  const [start, end] = [`r${from}`, `r${to}`];
  const exit = `coalesce(${end}, x)`;
  const since = (day: number | null): string =>
    day === null ? 'count(*)' : `count(CASE WHEN ${exit} IS NULL OR ${exit} >= ${day} THEN 1 END)`;
  const left = (day: number | null): string =>
    day === null ? 'count(*)' : `count(CASE WHEN ${exit} >= ${day} THEN 1 END)`;
  const month = `(year(${ZERO} + ${start}) * 12 + month(${ZERO} + ${start}) - 1)`;
  const age = `CAST(floor((${end} - ${start}) / ${DAYS_PER_MONTH}) AS INTEGER)`;
  const open = `count(*) - count(${exit})`;
  const isLost = `CASE WHEN ${end} IS NULL THEN 1 ELSE 0 END`;
  return [
    part('entered', {
      place,
      keys: `NULL, NULL, source, ${start}, NULL`,
      counts: `count(*), ${since(logFrom)}, ${since(recentFrom)}, ${open}`,
      from: `known WHERE ${start} IS NOT NULL GROUP BY source, ${start}`,
    }),
    part('exits', {
      place,
      keys: `NULL, NULL, source, ${exit} - ${start}, ${isLost}`,
      counts: `${left(logFrom)}, ${left(recentFrom)}${NO_COUNTS(2)}`,
      from: `known WHERE ${start} IS NOT NULL AND ${exit} IS NOT NULL GROUP BY source, ${exit} - ${start}, ${isLost}`,
    }),
    part('units', {
      place,
      keys: `rep, team, source, ${month}, NULL`,
      counts: `count(*), count(${end}), count(${exit}) - count(${end})${NO_COUNTS(3)}`,
      from: `known WHERE ${start} IS NOT NULL GROUP BY rep, team, source, ${month}`,
    }),
    part('cohorts', {
      place,
      keys: `NULL, NULL, NULL, ${month}, ${age}`,
      counts: `count(*)${NO_COUNTS(1)}`,
      from: `known WHERE ${end} IS NOT NULL AND ${start} IS NOT NULL GROUP BY ${month}, ${age}`,
    }),
    part('first', { place, counts: `min(${exit})${NO_COUNTS(1)}`, from: `known WHERE ${start} IS NOT NULL` }),
  ];
}

/** The whole text. */
export function tallySql(request: TallyRequest): string {
  const end = `r${request.stages - 1}`;
  const parts = [
    ...stepsOf(request).flatMap((step) => stepParts(step, request)),
    part('amounts', {
      keys: 'rep, team, source, NULL, NULL',
      counts: `count(*), sum(amount), sum(amount * amount)${NO_COUNTS(3)}`,
      from: `known WHERE ${end} IS NOT NULL AND amount > 0 GROUP BY rep, team, source`,
    }),
    part('dirt', {
      keys: 'NULL, NULL, NULL, dirt, NULL',
      counts: `count(*)${NO_COUNTS(1)}`,
      from: 'known GROUP BY dirt',
    }),
    ...(request.hasIds
      ? [
          part('twice', {
            counts: `sum(n - 1)${NO_COUNTS(1)}`,
            from: '(SELECT count(*) AS n FROM known WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)',
          }),
        ]
      : []),
  ];
  const answer = `SELECT ${OUT} FROM (${parts.join('\nUNION ALL ')}) AS answer(${NAMES})`;
  return `WITH known AS MATERIALIZED (${reached(request)})\n${answer}`;
}

const NAMES = 'part, place, rep, team, source, a, b, n0, n1, n2, n3';

/** Numbers as what every client reads without care. */
const OUT = [
  'part',
  'place',
  'rep',
  'team',
  'source',
  ...['a', 'b'].map((name) => `CAST(${name} AS INTEGER)`),
  ...['n0', 'n1', 'n2', 'n3'].map((name) => `CAST(${name} AS DOUBLE)`),
].join(', ');

/** The last day that anything happened on. */
export function lastDaySql({ records, stages }: Pick<TallyRequest, 'records' | 'stages'>): string {
  const days = [...stagesOf(stages).map((stage) => `s${stage}`), 'lost'];
  const real = days.map((day) => `CASE WHEN ${isPlaceholder(day)} THEN NULL ELSE ${day} END`);
  return `SELECT CAST(max(greatest(${real.join(', ')})) - ${ZERO} AS INTEGER) FROM (${records})`;
}

/** The first records of one kind of dirt, with what shows it. */
export function dirtRowsSql(request: TallyRequest, kind: keyof typeof DIRT_BITS, most: number): string {
  const text =
    { after_as_of: 'latest', placeholder_date: 'latest', end_before_start: 'earliest' }[kind as string] ??
    'shown';
  const rows = `SELECT row, id, ${text} AS text FROM (${judged(request)}) WHERE (dirt & ${DIRT_BITS[kind]}) <> 0`;
  return `SELECT CAST(row AS DOUBLE), id, text FROM (${rows}) ORDER BY row NULLS LAST, id LIMIT ${most}`;
}

/** Ids that come more than once, the first in their order. */
export function twiceSql({ records }: Pick<TallyRequest, 'records'>, most: number): string {
  const twice = `SELECT id, count(*) AS n FROM (${records}) WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1`;
  return `SELECT id, CAST(n AS DOUBLE) FROM (${twice}) ORDER BY id LIMIT ${most}`;
}
