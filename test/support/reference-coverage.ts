/**
 * Test oracle: the method, section 6: chances of open records, what a pipeline carries in, and coverage of a period.
 * Written from the text, straight loops, nothing shared with production.
 */
import {
  arriving,
  between,
  type Context,
  carryIn,
  contextOf,
  countsAt,
  curve,
  quotaOf,
  until,
  yieldOf,
} from './reference-carry.ts';
import { cumulative, curveShape, type PaceResult, requiredPace, smoothQuota } from './reference-pace.ts';
import {
  asOfDay,
  dayOfText,
  indexOf,
  monthlyQuota,
  quarterOf,
  type ReferencePlan,
  yearOf,
} from './reference-quota.ts';

export interface ReferenceRecord {
  /** Null where its owner carries nothing: then it is the team's; the company's where that is null too. */
  unit: number | null;
  team: string | null;
  /** Null where it is not said. */
  source: number | null;
  outcome: 'open' | 'won' | 'lost';
  /** Index of the stage it is at; the last one where it is won. */
  stage: number;
  /** Null where the CRM has none: of records on their way to becoming a deal. */
  amountCents: number | null;
  /** ISO dates. */
  since: string;
  closeDate: string | null;
}

/** A plan with the records of its CRM; rates nobody's in particular, per source (null: none said) and transition. */
export interface ReferenceCase {
  plan: ReferencePlan;
  records: ReferenceRecord[];
  pooled: (source: number | null) => number[];
  /** Whether the records tell what closed. */
  closedKnown: boolean;
  /** Whether quotas count deals: then every amount is one deal, 100 hundredths. */
  inDeals: boolean;
}

type AsOf = { month: number; gone: number };

/** Whether a wait is given anywhere between two stages. */
const hasLag = (plan: ReferencePlan, from: number, to: number): boolean =>
  plan.lags.slice(from, to).some((lag) => lag !== null);

/** The first month that is not over on the as-of day. */
const firstOpenMonth = ({ month, gone }: AsOf): number => (gone === 1 ? month + 1 : month);

export interface RecordChance {
  /** Chance that it reaches the target by the end of that plan month, as seen on the as-of day. */
  by: (month: number) => number;
  stale: boolean;
}

/** Chance of an open record to reach `to` (the close), by its age and whose it is. */
export function chanceOf(given: ReferenceCase, record: ReferenceRecord, to: number): RecordChance {
  const { plan } = given;
  const asOf = asOfDay(plan);
  const from = record.stage;
  const product = (rates: number[]) => rates.slice(from, to).reduce((all, rate) => all * rate, 1);
  const pooled = product(given.pooled(record.source));
  const { unit, source } = record;
  // only reps have rates of their own here, and those by source
  const ratio = unit === null || source === null ? 1 : product(plan.rates(unit, source)) / pooled;
  const own = (chance: number) => Math.min(1, chance * ratio);

  if (!hasLag(plan, from, to)) {
    // the date is that of the close: a stage in between, without a wait, is reached at once
    const isDated = record.closeDate !== null && to === plan.stages - 1;
    const dated = isDated ? indexOf(plan, record.closeDate!) : Number.NEGATIVE_INFINITY;
    const when = Math.max(dated, firstOpenMonth(asOf));
    return { by: (month) => (month >= when ? own(pooled) : 0), stale: false };
  }
  const k = curveShape(plan.lags.slice(from, to)).map((share) => share * pooled);
  const K = (d: number) => (d < 0 ? 0 : cumulative(k, d));
  const since = indexOf(plan, record.since);
  const age = asOf.month - since;
  const gone = K(age - 1) + asOf.gone * (K(age) - K(age - 1));
  const stale = age >= k.length || (age === k.length - 1 && asOf.gone === 1);
  return {
    by: (month) => (stale || month < asOf.month ? 0 : own((K(month - since) - gone) / (1 - gone))),
    stale,
  };
}

/** The first stage that the pipeline file has. */
export const firstStageOf = (given: ReferenceCase): number =>
  Math.min(...given.records.filter(({ outcome }) => outcome === 'open').map(({ stage }) => stage));

/** Of a record's chances, what falls into one month. */
const within = (chance: RecordChance, first: number, last: number): number =>
  chance.by(last) - chance.by(first - 1);

/** The part of a record that is one unit's and source's: what names none is shared by the quotas of a month. */
function partOf(given: ReferenceCase, record: ReferenceRecord, context: Context, month: number): number {
  const { plan } = given;
  let part = 1;
  if (record.source !== null) part = record.source === context.source ? 1 : 0;
  else {
    const has = ({ startsAt }: { startsAt: number }) => startsAt <= record.stage;
    const all = plan.sources.reduce((sum, source) => sum + (has(source) ? source.share : 0), 0);
    const own = plan.sources[context.source]!;
    part = has(own) ? own.share / all : 0;
  }
  if (record.unit !== null) return record.unit === context.unit ? part : 0;
  const team = plan.units.map(
    (unit) => record.team === null || `${unit.team}/`.startsWith(`${record.team}/`),
  );
  if (!team[context.unit]) return 0;
  for (const at of [Math.max(0, month), 0]) {
    const quotas = plan.units.map((unit, index) =>
      team[index] && at < plan.months ? monthlyQuota(plan, unit, plan.months).cents[at]! : 0,
    );
    const all = quotas.reduce((sum, quota) => sum + quota, 0);
    if (all > 0) return (part * quotas[context.unit]!) / all;
  }
  return part / team.filter(Boolean).length;
}

/**
 * What records at stages between `from` and `first` bring to `to` in month t, of numbers n[u] that reached `from`:
 * those that reach `first` only after the as-of day, v, then the way from there.
 */
function viaFirst(
  context: Context,
  path: [number, number, number],
  t: number,
  how: { asOf: AsOf; n: (u: number) => number; isAssumed: boolean },
): number {
  const [from, first, to] = path;
  const k1 = curve(context, from, first);
  const k2 = curve(context, first, to);
  const { asOf, n } = how;
  let sum = 0;
  for (let v = asOf.month; v <= t; v++) {
    let arrive = 0;
    for (let u = v - k1.length + 1; u <= Math.min(v, asOf.month); u++) {
      // before the plan, what comes in and moves on within the as-of month has moved on (else a steady plan is not)
      if (how.isAssumed && asOf.month < 0 && u === v) continue;
      arrive += n(u) * k1[v - u]!;
    }
    sum += (v === asOf.month ? 1 - asOf.gone : 1) * arrive * (k2[t - v] ?? 0);
  }
  return sum;
}

/** What reaches `to` in month t from records at stages before the pipeline file's first, per `pace` of closes. */
export function earlyTo(
  context: Context,
  way: { from: number; first: number; to: number },
  t: number,
  how: { asOf: AsOf; pace: number },
): number {
  const { asOf, pace } = how;
  const { from, first, to } = way;
  const k = curve(context, from, to);
  const p = yieldOf(k);
  // leads of the months between the as-of day and the plan
  const later = (pace * arriving(k, t, -1, between(asOf, context.working))) / p;
  if (first <= from) return later;
  const presence = until(asOf, context.working);
  const assumed = (stage: number): number =>
    stage === from
      ? 0
      : (pace * viaFirst(context, [from, stage, to], t, { asOf, n: presence, isAssumed: true })) / p;
  let counted = from;
  while (counted < first && !context.counted(counted, asOf.month)) counted++;
  if (counted === first) return later + assumed(first);
  const known = viaFirst(context, [counted, first, to], t, {
    asOf,
    n: (u) => countsAt(context, counted, u, asOf),
    isAssumed: false,
  });
  return later + known + assumed(counted);
}

/** C[t] by what it is made of: closes so far, open records, records at earlier stages. */
export interface PipelineCarry {
  closed: number[];
  open: number[];
  early: number[];
  all: number[];
}

/** C of the funnel that begins at `from`: records at that stage or a later one. */
export function pipelineCarry(
  given: ReferenceCase,
  context: Context,
  from: number,
  smoothed: number[],
): PipelineCarry {
  const { plan, records } = given;
  const asOf = asOfDay(plan);
  const close = plan.stages - 1;
  const result: PipelineCarry = { closed: [], open: [], early: [], all: [] };
  const k = curve(context, from, close);
  smoothed.forEach((pace, t) => {
    let closed = 0;
    let open = 0;
    for (const record of records) {
      if (record.outcome === 'won' && indexOf(plan, record.closeDate!) === t)
        // in money what closed counts by its amount: a deal of twice the size is two closes
        closed += partOf(given, record, context, t) * sizeOf(given, record);
      if (record.outcome === 'open' && record.stage >= from && t >= asOf.month)
        open += partOf(given, record, context, asOf.month) * within(chanceOf(given, record, close), t, t);
    }
    // where nobody knows what closed, what the plan's own pace would have brought
    if (!given.closedKnown && t <= asOf.month) {
      const over = t === asOf.month ? asOf.gone : 1;
      closed = (over * pace * arriving(k, t, asOf.month, until(asOf, context.working))) / yieldOf(k);
    }
    const way = { from, first: firstStageOf(given), to: close };
    const early = t < asOf.month ? 0 : earlyTo(context, way, t, { asOf, pace });
    result.closed.push(closed);
    result.open.push(open);
    result.early.push(early);
    result.all.push(closed + open + early);
  });
  return result;
}

export interface PipelineRun extends PaceResult {
  quota: number[];
  carry: PipelineCarry;
}

/** Section 3 with what the pipeline carries in. */
export function paceWithPipeline(
  given: ReferenceCase,
  context: Context,
  from: number,
  how: { catchUp: boolean },
): PipelineRun {
  const { plan } = given;
  const base = baseOf(context);
  const carry = pipelineCarry(given, context, from, smoothQuota(base));
  const start = plan.units[context.unit]!.start;
  const joiner = start !== null && indexOf(plan, start) >= 0;
  const asOf = asOfDay(plan);
  const k = curve(context, from, plan.stages - 1);
  const rules = { ...base, k, yearOf: (t: number) => yearOf(plan, t), lookahead: plan.lookahead };
  const before = paceBefore(context, from);
  const result = requiredPace({
    ...rules,
    carryIn: carry.all,
    late: plan.late,
    joiner,
    catchUp: how.catchUp,
    asOf,
    ...(joiner && asOf.month >= 0
      ? { gapsBefore: new Map(before.gaps.map(({ year, gap }) => [year, gap])) }
      : {}),
  });
  return { ...result, quota: base.quota, carry };
}

function baseOf(context: Context) {
  const { plan, source } = context;
  const length = curve(context, plan.sources[source]!.startsAt, plan.stages - 1).length;
  return {
    quota: quotaOf(context, length).quota,
    presence: context.a,
    working: context.working,
    quarterOf: (t: number) => quarterOf(plan, t),
  };
}

/** The plan of the day before `from`, nothing known and nothing caught up: the first step of the bridge. */
export function paceBefore(context: Context, from: number): PaceResult {
  const { plan } = context;
  const base = baseOf(context);
  const before = { month: -1, gone: 1 };
  const start = plan.units[context.unit]!.start;
  return requiredPace({
    ...base,
    k: curve(context, from, plan.stages - 1),
    yearOf: (t) => yearOf(plan, t),
    carryIn: carryIn(context, from, before, false, smoothQuota(base)).all,
    lookahead: plan.lookahead,
    late: plan.late,
    joiner: start !== null && indexOf(plan, start) >= 0,
    catchUp: false,
    asOf: before,
  });
}

/** Arrivals at stage j in month t from records that exist on the as-of day. */
export function arrivalsWithPipeline(given: ReferenceCase, context: Context, j: number, t: number): number {
  const { plan, records } = given;
  const asOf = asOfDay(plan);
  if (t < asOf.month) return 0;
  const from = plan.sources[context.source]!.startsAt;
  const own = paceWithPipeline(given, context, j, { catchUp: true });
  const first = Math.min(firstStageOf(given), j);
  let sum = earlyTo(context, { from, first, to: j }, t, { asOf, pace: own.pace[t]! });
  for (const record of records)
    if (record.outcome === 'open' && record.stage < j)
      sum += partOf(given, record, context, asOf.month) * within(chanceOf(given, record, j), t, t);
  return sum;
}

/** Current quarter and the next, cut to the plan. */
export function periodsOf(plan: ReferencePlan): { first: number; last: number }[] {
  const all: { first: number; last: number }[] = [];
  for (let t = 0; t < plan.months; t++) {
    const latest = all[all.length - 1];
    if (latest !== undefined && quarterOf(plan, latest.first) === quarterOf(plan, t)) latest.last = t;
    else all.push({ first: t, last: t });
  }
  const { month } = asOfDay(plan);
  const current = all.findIndex(({ first, last }) => month >= first && month <= last);
  return all.slice(Math.max(0, current), Math.max(0, current) + 2);
}

export interface Deal {
  amount: number;
  chance: number;
}

/** What a row adds up: everything but what is made of the sums. */
export interface CoverageParts {
  quota: number;
  closed: number;
  open: number;
  /** e₁: the part of `expectedOpen` from the records in `open`. */
  expectedDated: number;
  expectedOpen: number;
  /** New deals on average. */
  newDeals: number;
  deals: Deal[];
  overdue: { count: number; amount: number };
  stale: { count: number; amount: number };
  undated: { count: number; amount: number };
}

const NOTHING: CoverageParts = {
  quota: 0,
  closed: 0,
  open: 0,
  expectedDated: 0,
  expectedOpen: 0,
  newDeals: 0,
  deals: [],
  overdue: { count: 0, amount: 0 },
  stale: { count: 0, amount: 0 },
  undated: { count: 0, amount: 0 },
};

/** Closes of the deal size that a won record is worth. */
function sizeOf({ inDeals, plan }: ReferenceCase, { amountCents }: { amountCents: number | null }): number {
  return inDeals || amountCents === null ? 1 : amountCents / plan.dealSizeCents;
}

/** What one record brings into the period: closed or open. */
export function partsOfRecord(
  given: ReferenceCase,
  record: ReferenceRecord,
  period: { first: number; last: number },
): CoverageParts {
  const { plan } = given;
  const { closeDate } = record;
  const amount = record.amountCents ?? 0;
  const isIn =
    closeDate !== null && indexOf(plan, closeDate) >= period.first && indexOf(plan, closeDate) <= period.last;
  if (record.outcome !== 'open') return { ...NOTHING, closed: record.outcome === 'won' && isIn ? amount : 0 };
  const odds = chanceOf(given, record, plan.stages - 1);
  const chance = within(odds, period.first, period.last);
  // neither amount nor date, and not yet at the stage before the close: a deal still to be created
  const isEarly = record.stage < plan.stages - 2 && closeDate === null;
  if (isEarly && (record.amountCents === null || given.inDeals)) return { ...NOTHING, newDeals: chance };
  const isOverdue = closeDate !== null && dayOfText(closeDate) < dayOfText(plan.asOf);
  const tally = (counts: boolean) => ({ count: counts ? 1 : 0, amount: counts ? amount : 0 });
  return {
    ...NOTHING,
    open: isIn && !isOverdue ? amount : 0,
    expectedDated: isIn && !isOverdue ? amount * chance : 0,
    expectedOpen: amount * chance,
    deals: [{ amount, chance }],
    overdue: tally(isOverdue),
    stale: tally(odds.stale),
    undated: tally(closeDate === null),
  };
}

/** Memory of one case: the paces do not depend on the period. */
export type Paces = Map<string, PipelineRun>;

/** A unit's quota (rep and open territory together) in a period, and deals still to be created. */
export function partsOfUnit(
  given: ReferenceCase,
  unit: number,
  period: { first: number; last: number },
  paces: Paces,
): CoverageParts {
  const { plan } = given;
  const close = plan.stages - 1;
  const parts = { ...NOTHING };
  for (let source = 0; source < plan.sources.length; source++) {
    const context = contextOf(plan, unit, source);
    const from = plan.sources[source]!.startsAt;
    const k = curve(context, from, close);
    const { cents } = quotaOf(context, k.length);
    for (let t = period.first; t <= period.last; t++) parts.quota += cents[t]!;
    const key = `${unit} ${source}`;
    const run = paces.get(key) ?? paceWithPipeline(given, context, from, { catchUp: true });
    paces.set(key, run);
    for (let t = Math.max(period.first, asOfDay(plan).month); t <= period.last; t++) {
      for (let s = 0; s <= t; s++) parts.newDeals += run.leads[s]! * (k[t - s] ?? 0);
      parts.newDeals += run.carry.early[t]!;
    }
  }
  return parts;
}

export function addParts(all: CoverageParts[]): CoverageParts {
  const sum = (pick: (parts: CoverageParts) => number) =>
    all.reduce((total, parts) => total + pick(parts), 0);
  const tally = (pick: (parts: CoverageParts) => { count: number; amount: number }) => ({
    count: sum((parts) => pick(parts).count),
    amount: sum((parts) => pick(parts).amount),
  });
  return {
    quota: sum(({ quota }) => quota),
    closed: sum(({ closed }) => closed),
    open: sum(({ open }) => open),
    expectedDated: sum(({ expectedDated }) => expectedDated),
    expectedOpen: sum(({ expectedOpen }) => expectedOpen),
    newDeals: sum(({ newDeals }) => newDeals),
    deals: all.flatMap(({ deals }) => deals),
    overdue: tally(({ overdue }) => overdue),
    stale: tally(({ stale }) => stale),
    undated: tally(({ undated }) => undated),
  };
}

export interface ReferenceCoverage extends CoverageParts {
  toGo: number;
  coverage: number | null;
  toGoCoverage: number | null;
  enough: number | null;
  expectedNew: number;
  lands: number;
  versusQuota: number;
  status: 'made' | 'enough' | 'short' | 'no_quota';
}

/** The row of these parts. */
export function coverageOf(parts: CoverageParts, dealSizeCents: number): ReferenceCoverage {
  const toGo = Math.max(0, parts.quota - parts.closed);
  const expectedNew = parts.newDeals * dealSizeCents;
  const lands = parts.closed + parts.expectedOpen + expectedNew;
  const versusQuota = lands - parts.quota;
  const e1 = parts.expectedDated;
  const e0 = parts.expectedOpen - e1;
  const answers = toGo > 0 && parts.open > 0 && e1 > 0;
  let status: ReferenceCoverage['status'] = 'short';
  if (parts.quota === 0) status = 'no_quota';
  else if (toGo === 0) status = 'made';
  else if (versusQuota >= 0) status = 'enough';
  return {
    ...parts,
    toGo,
    coverage: parts.quota > 0 ? parts.open / parts.quota : null,
    toGoCoverage: toGo > 0 ? parts.open / toGo : null,
    enough: answers ? Math.max(0, (toGo - expectedNew - e0) / (e1 / parts.open) / toGo) : null,
    expectedNew,
    lands,
    versusQuota,
    status,
  };
}

/** P(N ≥ n) of a Poisson number, term by term. */
export function poissonTail(mean: number, n: number): number {
  if (n <= 0) return 1;
  if (mean <= 0) return 0;
  let below = 0;
  let logTerm = -mean;
  for (let i = 0; i < n; i++) {
    below += Math.exp(logTerm);
    logTerm += Math.log(mean / (i + 1));
  }
  return Math.max(0, 1 - below);
}

/** P(what the deals and a Poisson number of new deals bring reaches `needed`), over every combination. */
export function chanceToReach(deals: Deal[], needed: number, fresh: { deals: number; size: number }): number {
  const [deal, ...others] = deals;
  if (deal === undefined) return poissonTail(fresh.deals, Math.ceil(needed / fresh.size - 1e-9));
  const lost = deal.chance < 1 ? (1 - deal.chance) * chanceToReach(others, needed, fresh) : 0;
  return deal.chance > 0 ? deal.chance * chanceToReach(others, needed - deal.amount, fresh) + lost : lost;
}

/**
 * Chance that an opportunity created from the as-of day on, or as a later period begins, closes within the period: that of each unit and source
 * with an opportunity stage, weighed by their quotas in the plan. Null where none has a quota.
 */
export function freshChance(
  given: ReferenceCase,
  units: readonly number[],
  period: { first: number; last: number },
): { chance: number; quota: number } | null {
  const { plan } = given;
  const close = plan.stages - 1;
  const created = Math.max(firstOpenMonth(asOfDay(plan)), period.first);
  let sum = 0;
  let weight = 0;
  for (const unit of units) {
    const quota = monthlyQuota(plan, plan.units[unit]!, plan.months).cents;
    for (const [source, { share, startsAt }] of plan.sources.entries()) {
      if (startsAt === close) continue;
      const k = curve(contextOf(plan, unit, source), close - 1, close);
      const K = (d: number) => (d < 0 ? 0 : cumulative(k, d));
      const own = share * quota.reduce((all, cents) => all + cents, 0);
      sum += own * (K(period.last - created) - K(period.first - 1 - created));
      weight += own;
    }
  }
  return weight > 0 ? { chance: sum / weight, quota: weight } : null;
}
