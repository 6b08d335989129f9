/**
 * The one SQL text that counts a history: records → small tables of counts, in one pass over the files.
 *
 * Plain enough for other engines: common table expressions, GROUP BY, UNION ALL, and `histogram`, which counts the
 * values of many keys in one look (where there is none, a GROUP BY per key does the same, slower). Days are whole numbers since
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
  /** Records of every so manieth day are looked at for ids that come twice; 1: all. */
  readonly daysPerLook: number;
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
  const reach = stagesOf(stages).map(
    (stage) =>
      `CASE WHEN ${isGood} AND begins <= ${stage} THEN ${numberOf(reachedOn(stage, stages))} END AS r${stage}`,
  );
  const lost = `CASE WHEN ${isGood} THEN ${numberOf('lost')} END AS lost`;
  const days = `SELECT id, rep, team, source, amount, dirt, ${reach.join(', ')}, ${lost} FROM (${judged(request)})`;
  const gone = `CASE WHEN r${stages - 1} IS NULL AND lost >= greatest(${reachNames(stages)}) THEN lost END AS x`;
  const amount = wonAmount(`r${stages - 1}`);
  return `SELECT ${looked(request, 'r0')}, rep, team, source, ${amount}, dirt, ${reachNames(stages)}, ${gone} FROM (${days})`;
}

/**
 * The same of a history taken at its word, without a look at every record for what cannot be: that takes longer than
 * all else. Whether it may be taken so is told by its bounds (`isSound`).
 */
function asItStands(request: TallyRequest): string {
  const { stages } = request;
  const reach = stagesOf(stages).map(
    (stage) => `${numberOf(stage === 0 ? 's0' : reachedOn(stage, stages))} AS r${stage}`,
  );
  const id = looked(request, numberOf('s0'));
  const amount = wonAmount(`s${stages - 1}`);
  // A stage may have a later day than the next one: what counts as reached hides it.
  const days = [...stagesOf(stages).map((stage) => `s${stage}`), 'lost'];
  const latest = `${numberOf(`greatest(${days.join(', ')})`)} AS latest`;
  return `SELECT ${id}, rep, team, source, ${amount}, ${reach.join(', ')}, ${numberOf('lost')} AS x, ${latest} FROM (${request.records})`;
}

/** Amounts of closed deals; one below zero stands, so that it is seen. */
const wonAmount = (end: string): string =>
  `CASE WHEN amount < 0 OR (${end} IS NOT NULL AND amount > 0) THEN amount END AS amount`;

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
  const sampled = daysPerLook === 1 ? '' : ` WHEN ${day} % ${daysPerLook} <> 0 THEN NULL`;
  return `CASE WHEN id IS NULL THEN 0${sampled} ELSE hash(id) END AS id`;
}

/** Tables in the answer, by the number in its first column. */
export const PARTS = { spread: 0, first: 1, units: 2, dirt: 3, twice: 4, bounds: 5 } as const;

/** Days that split a history: what happened from each on is counted apart. */
export function cutsOf({ recentFrom, logFrom }: Pick<TallyRequest, 'recentFrom' | 'logFrom'>): Day[] {
  return logFrom === null ? [recentFrom] : [recentFrom, logFrom];
}

interface Part {
  readonly place?: number;
  /** Rep, team and source, or none. */
  readonly by?: 'unit' | null;
  /** Two keys, grouped by; a number stands for itself. */
  readonly a?: string | number | null;
  readonly b?: string | number | null;
  readonly counts: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
}

const COUNTS = 8;

/** Columns of the answer: part, transition, rep, team, source, two keys, counts. */
function part(name: keyof typeof PARTS, of: Part): string {
  const { place = 0, by = null, a = null, b = null, counts, where = [], from = 'known' } = of;
  const whose = by === 'unit' ? ['rep', 'team', 'source'] : ['NULL', 'NULL', 'NULL'];
  const numbers = [...counts, ...new Array<string>(COUNTS - counts.length).fill('NULL')];
  const columns = [PARTS[name], place, ...whose, a ?? 'NULL', b ?? 'NULL', ...numbers];
  const keys = [...whose.filter((key) => key !== 'NULL'), ...[a, b].filter((key) => typeof key === 'string')];
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  const group = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  return `SELECT ${columns.join(', ')} FROM ${from}${filter}${group}`;
}

const monthOf = (day: string): string => `(year(${ZERO} + ${day}) * 12 + month(${ZERO} + ${day}) - 1)`;

const ALL = ['count(*)'];

/** A key whose values are counted, by source: null where a record is not meant. */
interface Spread {
  readonly part: 'entered' | 'open' | 'enteredSince' | 'exits' | 'exitsSince' | 'cohorts';
  readonly place: number;
  readonly b: number;
  readonly key: string;
}

/** How the records of a transition left, and which did not. */
function spreadsOfStep({ place, from, to }: Step, request: TallyRequest): Spread[] {
  const [start, end] = [`r${from}`, `r${to}`];
  // Those lost at the first stage have left it and the funnel at one age: they are counted there.
  const stayed = from === 0 && to > 1 ? ' AND r1 IS NOT NULL' : '';
  const when = (test: string, key: string): string => `CASE WHEN ${test} THEN ${key} END`;
  const since = cutsOf(request).flatMap((day, cut): Spread[] => [
    { part: 'enteredSince', place, b: cut, key: when(`coalesce(${end}, x) >= ${day}`, start) },
    { part: 'exitsSince', place, b: 2 * cut, key: when(`${end} >= ${day}`, `${end} - ${start}`) },
    {
      part: 'exitsSince',
      place,
      b: 2 * cut + 1,
      key: when(`${end} IS NULL AND x >= ${day}`, `x - ${start}`),
    },
  ]);
  return [
    { part: 'open', place, b: 0, key: when(`${end} IS NULL AND x IS NULL`, start) },
    { part: 'exits', place, b: 0, key: `${end} - ${start}` },
    { part: 'exits', place, b: 1, key: when(`${end} IS NULL${stayed}`, `x - ${start}`) },
    ...since,
  ];
}

/** In a key of two numbers the second has so many places. */
export const AGES = 1000;

/** All of them, in the order of the answer. */
export function spreadsOf(request: TallyRequest): Spread[] {
  const { stages } = request;
  const end = `r${stages - 1}`;
  const age = `CAST(floor((${end} - r0) / ${DAYS_PER_MONTH}) AS INTEGER)`;
  return [
    ...stagesOf(stages - 1).map(
      (stage): Spread => ({ part: 'entered', place: stage, b: 0, key: `r${stage}` }),
    ),
    ...stepsOf(request).flatMap((step) => spreadsOfStep(step, request)),
    { part: 'cohorts', place: stages > 2 ? stages - 1 : 0, b: 0, key: `${monthOf('r0')} * ${AGES} + ${age}` },
  ];
}

/** Values of all keys with how often each comes, in one look at every record; and of each step the first exit. */
function spreadSql(request: TallyRequest): { tables: string; rows: string[] } {
  const maps = spreadsOf(request).map(({ key }) => `histogram(CAST(${key} AS INTEGER))`);
  const firsts = stepsOf(request).map(
    ({ from, to }) => `min(CASE WHEN r${from} IS NOT NULL THEN coalesce(r${to}, x) END)`,
  );
  const nothing = new Array<string>(COUNTS - 1).fill('NULL').join(', ');
  const each = `SELECT source, unnest(maps) AS map, unnest(range(${maps.length})) AS spread FROM spreads`;
  const pairs = `SELECT source, spread, unnest(map_keys(map)) AS a, unnest(map_values(map)) AS n FROM (${each}) AS each_map`;
  const first = `SELECT unnest(firsts) AS day, unnest(range(${firsts.length})) AS step FROM spreads`;
  return {
    tables: `spreads AS (SELECT source, [${maps.join(', ')}] AS maps, [${firsts.join(', ')}] AS firsts FROM known GROUP BY source)`,
    rows: [
      `SELECT ${PARTS.spread}, spread, NULL, NULL, source, a, NULL, n, ${nothing} FROM (${pairs}) AS pairs`,
      `SELECT ${PARTS.first}, step, NULL, NULL, NULL, NULL, NULL, min(day), ${nothing} FROM (${first}) AS days GROUP BY step`,
    ],
  };
}

/** Records that reached a stage by the month, with whose they were and what became of them. */
function unitPart(from: number, { stages }: TallyRequest): string {
  const start = `r${from}`;
  const next = `r${from + 1}`;
  const end = `r${stages - 1}`;
  const lost = (after: string): string => `count(CASE WHEN ${after} IS NULL THEN x END)`;
  const ofAll = [`count(${end})`, lost(end), 'count(amount)', 'sum(amount)', 'sum(amount * amount)'];
  const counts = [...ALL, `count(${next})`, lost(next), ...(from === 0 ? ofAll : [])];
  return part('units', {
    place: from,
    by: 'unit',
    a: monthOf(start),
    counts,
    where: [`${start} IS NOT NULL`],
  });
}

/** The whole text. `isTrusting`: the history is taken at its word. */
export function tallySql(request: TallyRequest, isTrusting = false): string {
  const { stages, hasIds } = request;
  const bounds = [
    'count(*)',
    'count(r0)',
    hasIds ? 'min(id)' : '1',
    isTrusting ? 'max(latest)' : 'NULL',
    'min(r0)',
    'min(amount)',
  ];
  const spread = spreadSql(request);
  const parts = [
    ...stagesOf(stages - 1).map((stage) => unitPart(stage, request)),
    ...spread.rows,
    part('bounds', { counts: bounds }),
    ...(isTrusting ? [] : [part('dirt', { a: 'dirt', counts: ALL })]),
    ...(hasIds ? [part('twice', { counts: ['sum(n - 1)'], from: TWICE })] : []),
  ];
  const answer = `SELECT ${OUT} FROM (${parts.join('\nUNION ALL ')}) AS answer(${NAMES})`;
  const known = isTrusting ? asItStands(request) : reached(request);
  return `WITH known AS MATERIALIZED (${known}),\n${spread.tables}\n${answer}`;
}

const TWICE = '(SELECT count(*) AS n FROM known WHERE id > 0 GROUP BY id HAVING count(*) > 1) AS ids';

const COUNT_NAMES = Array.from({ length: COUNTS }, (_, index) => `n${index}`);

const NAMES = ['part, place, rep, team, source, a, b', ...COUNT_NAMES].join(', ');

/** Numbers as what every client reads without care. */
const OUT = [
  'part, CAST(place AS INTEGER), rep, team, source, CAST(a AS INTEGER), CAST(b AS INTEGER)',
  ...COUNT_NAMES.map((name) => `CAST(${name} AS DOUBLE)`),
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
