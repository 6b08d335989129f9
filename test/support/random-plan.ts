/**
 * Random plans twice over: as the reference reads them and as the production model. Everything both can say is in:
 * joiners, leavers, ramps, quarters and years, quotas beyond the plan, sources, lags, as-of days, counts.
 */
import fc from 'fast-check';
import type { Lag } from '../../src/funnel/lag.ts';
import { addDays, type Day, formatDay } from '../../src/period/day.ts';
import { addMonths, daysIn, firstDay, type Month, monthOf, monthOfDay } from '../../src/period/month.ts';
import type { Actual, PipelineRecord, PlanModel, Source } from '../../src/plan/model.ts';
import { NOWHERE } from '../../src/problem.ts';
import type { Quota } from '../../src/quota/quota.ts';
import type { Rep } from '../../src/quota/rep.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';
import type { ReferenceCase, ReferenceRecord } from './reference-coverage.ts';
import type { ReferenceLag } from './reference-pace.ts';
import { dayOfText, type ReferencePlan, type ReferenceUnit } from './reference-quota.ts';

/** When the facts end, seen from the plan. */
export type AsOfKind = 'day before' | 'earlier' | 'month-end inside' | 'inside' | 'after';

export interface RandomPlan {
  readonly reference: ReferencePlan;
  readonly model: PlanModel;
  readonly asOfKind: AsOfKind;
}

/** What may be drawn; without it, everything. */
export interface Allowed {
  readonly asOf?: readonly AsOfKind[];
  readonly counts?: boolean;
  readonly lags?: boolean;
  /** Reps who join or leave, and ramps. */
  readonly changes?: boolean;
  /** Months of the periods for which quotas are given. */
  readonly grains?: readonly (1 | 3 | 12)[];
  /** Most reps there may be, 3 unless said otherwise. */
  readonly most?: number;
  /** In cents. */
  readonly dealSizes?: readonly number[];
  /** Most a month's quota may be, in cents. */
  readonly mostQuota?: number;
}

interface RawUnit {
  readonly team: string | null;
  readonly start: { month: number; day: number } | null;
  readonly end: { month: number; day: number } | null;
  readonly moved: number;
  readonly grain: 1 | 3 | 12;
  /** Fiscal years beyond the plan for which quotas are given too. */
  readonly beyond: boolean;
  readonly amounts: readonly number[];
  readonly rates: readonly (readonly number[])[];
}

const percent = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);
const often = <Value>(usual: Value, rare: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });

/** Whole percents that sum to 100, the last of them not 0. */
const shares = (most: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: most }).map((parts) => {
    const weights = [...parts.slice(0, -1), parts[parts.length - 1]! + 1];
    const total = weights.reduce((sum, value) => sum + value, 0);
    const cut = weights.map((value) => Math.floor((value * 100) / total));
    cut[cut.length - 1]! += 100 - cut.reduce((sum, value) => sum + value, 0);
    return cut.map((value) => value / 100);
  });

const lag: fc.Arbitrary<ReferenceLag> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 4 }).map((months) => ({ months })),
  fc.integer({ min: 1, max: 120 }).map((days) => ({ months: days / 30.4375 })),
  shares(5).map((parts) => ({ shares: parts })),
);

const dayAround = (min: number, max: number) =>
  fc.record({ month: fc.integer({ min, max }), day: fc.integer({ min: 1, max: 31 }) });

function rawUnit(size: { sources: number; transitions: number }, allowed: Allowed): fc.Arbitrary<RawUnit> {
  const changes = allowed.changes ?? true;
  const nobody = fc.constant(null);
  return fc.record({
    team: fc.constantFrom(null, 'North', 'North/East', 'South'),
    start: changes ? often(null, dayAround(-8, 14)) : nobody,
    end: changes ? often(null, dayAround(-3, 16)) : nobody,
    moved: often(0, fc.integer({ min: 1, max: 5 })),
    grain: fc.constantFrom(...(allowed.grains ?? ([1, 3, 12] as const))),
    beyond: fc.boolean(),
    amounts: fc.array(fc.integer({ min: 0, max: allowed.mostQuota ?? 20_000_000 }), {
      minLength: 40,
      maxLength: 40,
    }),
    rates: fc.array(fc.array(percent(5, 95), { minLength: size.transitions, maxLength: size.transitions }), {
      minLength: size.sources,
      maxLength: size.sources,
    }),
  });
}

interface Raw {
  readonly firstMonth: { year: number; month: number };
  readonly months: number;
  readonly fiscalYearStarts: number;
  readonly asOfKind: AsOfKind;
  readonly asOfBack: number;
  readonly asOfDay: number;
  readonly ramp: readonly number[];
  readonly quotasIncludeRamp: boolean;
  readonly seasonality: readonly number[] | null;
  readonly overAssigned: number;
  readonly dealSizeCents: number;
  readonly lookahead: number;
  readonly late: 'spread' | 'report';
  readonly lags: readonly ReferenceLag[];
  readonly sources: readonly { share: number; startsAt: number }[];
  readonly units: readonly RawUnit[];
  readonly counts: {
    months: number;
    stages: readonly boolean[];
    /** By stage: months by which its counts begin after the first of all. */
    since: readonly number[];
    numbers: readonly number[];
  } | null;
}

function raw(allowed: Allowed, transitions: number, parts: readonly number[]): fc.Arbitrary<Raw> {
  const changes = allowed.changes ?? true;
  const unit = rawUnit({ sources: parts.length, transitions }, allowed);
  return fc.record({
    firstMonth: fc.record({
      year: fc.integer({ min: 2026, max: 2028 }),
      month: fc.integer({ min: 1, max: 12 }),
    }),
    months: fc.constantFrom(1, 3, 5, 6, 12, 12, 14),
    fiscalYearStarts: often(1, fc.integer({ min: 2, max: 12 })),
    asOfKind: fc.constantFrom(
      ...(allowed.asOf ?? (['day before', 'earlier', 'month-end inside', 'inside'] as const)),
    ),
    asOfBack: fc.integer({ min: 1, max: 5 }),
    asOfDay: fc.integer({ min: 1, max: 27 }),
    ramp: changes ? often<number[]>([], fc.array(percent(0, 100), { maxLength: 4 })) : fc.constant([]),
    quotasIncludeRamp: fc.boolean(),
    seasonality: often<number[] | null>(
      null,
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 }),
    ),
    overAssigned: often(0, percent(5, 30)),
    dealSizeCents: fc.constantFrom(...(allowed.dealSizes ?? [100, 5_000, 1_234_567])),
    // far shorter ones let the last bits of floats grow from month to month
    lookahead: often(0.8, percent(40, 100)),
    late: often<'spread' | 'report'>('spread', fc.constant('report')),
    lags: fc.array((allowed.lags ?? true) ? lag : fc.constant(null), {
      minLength: transitions,
      maxLength: transitions,
    }),
    sources: fc.tuple(
      ...parts.map((share) =>
        fc.record({
          share: fc.constant(share),
          startsAt: often(0, fc.integer({ min: 0, max: transitions })),
        }),
      ),
    ),
    units: fc.array(unit, { minLength: 1, maxLength: allowed.most ?? 3 }),
    counts:
      allowed.counts === false
        ? fc.constant(null)
        : often<Raw['counts']>(
            null,
            fc.record({
              months: fc.integer({ min: 1, max: 14 }),
              stages: fc.array(fc.boolean(), { minLength: transitions + 1, maxLength: transitions + 1 }),
              since: fc.array(often(0, fc.integer({ min: 1, max: 6 })), {
                minLength: transitions + 1,
                maxLength: transitions + 1,
              }),
              numbers: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 97, maxLength: 97 }),
            }),
          ),
  });
}

/** Random plans of both kinds; those in which nobody has a quota in the plan are left out. */
export function randomPlan(allowed: Allowed = {}): fc.Arbitrary<RandomPlan> {
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.oneof(fc.constant([1]), shares(3)))
    .chain(([transitions, parts]) => raw(allowed, transitions, parts))
    .map((drawn) => ({ drawn, reference: referenceOf(drawn) }))
    .filter(({ reference }) => reference.units.length > 0)
    .map(({ drawn, reference }) => ({
      reference,
      model: modelOf(reference),
      asOfKind: drawn.asOfKind,
    }));
}

function referenceOf(drawn: Raw): ReferencePlan {
  const from = monthOf(drawn.firstMonth.year, drawn.firstMonth.month);
  const kept = drawn.units
    .map((unit, index) => ({ unit: unitOf(drawn, from, unit, index), rates: unit.rates }))
    .filter(({ unit }) => unit.quota.some((period) => period.last >= 0));
  const asOf = asOfOf(drawn, from);
  return {
    firstMonth: drawn.firstMonth,
    months: drawn.months,
    fiscalYearStarts: drawn.fiscalYearStarts,
    stages: drawn.lags.length + 1,
    asOf: formatDay(asOf.day),
    ramp: [...drawn.ramp],
    quotasIncludeRamp: drawn.quotasIncludeRamp,
    seasonality: drawn.seasonality === null ? null : [...drawn.seasonality],
    overAssigned: drawn.overAssigned,
    dealSizeCents: drawn.dealSizeCents,
    lookahead: drawn.lookahead,
    late: drawn.late,
    lags: [...drawn.lags],
    sources: drawn.sources.map((source, index) => ({ name: `source ${index}`, ...source })),
    units: kept.map(({ unit }) => unit),
    rates: (unit, source) => [...kept[unit]!.rates[source]!],
    actuals: countsOf(
      drawn,
      kept.map(({ unit }) => unit),
      from,
    ),
  };
}

function asOfOf(drawn: Raw, from: Month): { day: Day; month: number } {
  const inside = drawn.asOfBack % drawn.months;
  const endOf = (month: number) => addDays(firstDay(addMonths(from, month + 1)), -1);
  switch (drawn.asOfKind) {
    case 'day before':
      return { day: endOf(-1), month: -1 };
    case 'earlier':
      return {
        day: addDays(firstDay(addMonths(from, -drawn.asOfBack)), drawn.asOfDay - 1),
        month: -drawn.asOfBack,
      };
    case 'month-end inside':
      return { day: endOf(inside), month: inside };
    case 'inside':
      return { day: addDays(firstDay(addMonths(from, inside)), drawn.asOfDay - 1), month: inside };
    case 'after':
      return { day: endOf(drawn.months + drawn.asOfBack), month: drawn.months + drawn.asOfBack };
  }
}

function textOf(from: Month, at: { month: number; day: number }): string {
  const month = addMonths(from, at.month);
  return formatDay(addDays(firstDay(month), Math.min(at.day, daysIn(month)) - 1));
}

function unitOf(drawn: Raw, from: Month, unit: RawUnit, index: number): ReferenceUnit {
  const start = unit.start === null ? null : textOf(from, unit.start);
  // a rep who starts and leaves within one month: the two read "by days" differently (11 of 27 or 15 of 31 days)
  const leaves = unit.end !== null && (unit.start === null || unit.end.month > unit.start.month);
  const first = unit.start === null ? null : addMonths(from, unit.start.month - unit.moved);
  return {
    name: `Rep ${index}`,
    team: unit.team,
    start,
    end: leaves ? textOf(from, unit.end!) : null,
    firstStart: unit.moved === 0 || first === null ? start : formatDay(firstDay(first)),
    quota: quotaOf(drawn, from, unit),
  };
}

/** Fiscal periods of one length that touch the plan, and a year more where quotas go on beyond it. */
function quotaOf(drawn: Raw, from: Month, unit: RawUnit): ReferenceUnit['quota'] {
  const place = (from - (drawn.fiscalYearStarts - 1)) % unit.grain;
  const last = drawn.months - 1 + (unit.beyond ? 12 : 0);
  const quota: ReferenceUnit['quota'] = [];
  for (let first = -place; first <= last; first += unit.grain) {
    const amountCents = unit.amounts[quota.length]! * unit.grain;
    quota.push({ first, last: first + unit.grain - 1, amountCents });
  }
  return quota.filter((period) => unit.start === null || period.last >= unit.start.month);
}

/** Counts of the months up to the as-of day, of every unit and source from the same month on. */
function countsOf(drawn: Raw, units: readonly ReferenceUnit[], from: Month): ReferencePlan['actuals'] {
  if (drawn.counts === null || !drawn.counts.stages.includes(true)) return null;
  const { numbers } = drawn.counts;
  const starts = units.map(({ start }) => (start === null ? null : monthOfDay(dayOfText(start)) - from));
  const since = countedSince(drawn, drawn.counts, { from, starts });
  const rows: NonNullable<ReferencePlan['actuals']> = [];
  let next = 0;
  for (let month = Math.min(...since); month <= asOfOf(drawn, from).month; month++) {
    for (const [unit, start] of starts.entries()) {
      for (const [source, { startsAt }] of drawn.sources.entries()) {
        const counts = since.map((first, stage) => {
          if (stage < startsAt || month < first) return null;
          // a joiner has nothing before the start
          return start !== null && month < start ? 0 : numbers[next++ % numbers.length]!;
        });
        rows.push({ unit, source, month, counts });
      }
    }
  }
  return rows;
}

/**
 * By stage the first month that is counted; Infinity where none is. Two things are read differently on purpose, and
 * left out: months older than the counts are the mean of complete months in production, of all counted in the
 * reference, so counts are long where the as-of day lies inside a month; records at stages before the first counted
 * one are assumed with the rep's activity in production, with that of a full rep in the reference, so every stage is
 * counted from the same month on where that matters.
 */
function countedSince(
  drawn: Raw,
  counts: NonNullable<Raw['counts']>,
  { from, starts }: { from: Month; starts: readonly (number | null)[] },
): number[] {
  const asOf = asOfOf(drawn, from);
  const partial = formatDay(addDays(asOf.day, 1)).slice(8) !== '01';
  const joins = starts.some((start) => start !== null && (asOf.month < 0 || start >= 0));
  const all = joins || (asOf.month < 0 && partial);
  const first = asOf.month + 1 - counts.months - (partial ? LONGER_THAN_ANY_CURVE : 0);
  return counts.stages.map((counted, stage) => {
    if (all && stage < counts.stages.length - 1) return first;
    if (!counted) return Number.POSITIVE_INFINITY;
    return all ? first : first + Math.min(counts.since[stage]!, counts.months - 1);
  });
}

/** Four waits of at most four months, or five shares. */
const LONGER_THAN_ANY_CURVE = 20;

const DAY = (text: string | null): Day | null => (text === null ? null : dayOfText(text));

/** The production model of a reference plan: rates as shares by rep and source, one deal size, all quotas of reps. */
export function modelOf(plan: ReferencePlan): PlanModel {
  const from = monthOf(plan.firstMonth.year, plan.firstMonth.month);
  const reps: Rep[] = plan.units.map((unit) => ({
    name: unit.name,
    team: unit.team,
    start: DAY(unit.start),
    end: DAY(unit.end),
    firstStart: DAY(unit.firstStart ?? unit.start),
    id: null,
    email: null,
    aliases: [],
    where: NOWHERE,
  }));
  const sources: Source[] = plan.sources.map((source) => ({ ...source, owner: null, where: NOWHERE }));
  const quotas: Quota[] = plan.units.flatMap((unit, index) =>
    unit.quota.map((period) => ({
      team: unit.team,
      rep: reps[index]!,
      first: addMonths(from, period.first),
      last: addMonths(from, period.last),
      amount: period.amountCents,
      where: NOWHERE,
    })),
  );
  const rates: RateRow[] = reps.flatMap((rep, unit) =>
    sources.map((source, index) => ({
      team: rep.team,
      rep: rep.name,
      source: source.name,
      measures: plan.rates(unit, index).map((value) => ({ kind: 'share', value, where: NOWHERE })),
      lastMonth: null,
      where: NOWHERE,
    })),
  );
  const actuals: Actual[] | null =
    plan.actuals?.map(({ unit, source, month, counts }) => ({
      team: reps[unit]!.team,
      rep: reps[unit]!,
      source: sources[source]!.name,
      month: addMonths(from, month),
      counts,
      amount: null,
      isRecord: false,
    })) ?? null;
  return {
    name: null,
    currency: 'EUR',
    quotaUnit: 'money',
    from,
    to: addMonths(from, plan.months - 1),
    calendar: { starts: plan.fiscalYearStarts, namedBy: 'end' },
    asOf: dayOfText(plan.asOf),
    stages: Array.from({ length: plan.stages }, (_, stage) => `stage ${stage}`),
    definitions: {},
    quotas,
    reps,
    ramp: plan.ramp,
    quotasIncludeRamp: plan.quotasIncludeRamp,
    seasonality: plan.seasonality ?? new Array<number>(12).fill(1),
    sizeOn: null,
    overAssigned: plan.overAssigned,
    dealSizes: [
      { team: null, rep: null, source: null, amount: plan.dealSizeCents, deals: null, where: NOWHERE },
    ],
    rates,
    blended: true,
    lags: plan.lags.map(lagOf),
    lagsWhere: plan.lags.map(() => null),
    measured: null,
    sources,
    late: plan.late,
    lookahead: plan.lookahead,
    actuals,
    pipeline: null,
    confidence: null,
    capacity: Array.from({ length: plan.stages }, () => null),
    changes: [],
    rateChanges: [],
    dealSizeChanges: [],
  };
}

function lagOf(given: ReferenceLag): Lag | null {
  if (given === null) return null;
  return 'months' in given
    ? { kind: 'duration', months: given.months }
    : { kind: 'shares', shares: given.shares };
}

/** A random plan with the records of its CRM. */
export interface RandomCase {
  readonly given: ReferenceCase;
  readonly model: PlanModel;
  readonly asOfKind: AsOfKind;
}

interface RawRecord {
  readonly unit: number;
  readonly source: number;
  /** Whether it names nobody but a team, or no source. */
  readonly unowned: boolean;
  readonly unsourced: boolean;
  readonly outcome: 'open' | 'won' | 'lost';
  readonly stage: number;
  readonly amountCents: number;
  /** Days from the stage day to the as-of day. */
  readonly age: number;
  /** Days from the as-of day to the close date. */
  readonly dated: number | null;
}

const rawRecord: fc.Arbitrary<RawRecord> = fc.record({
  unit: fc.nat(11),
  source: fc.nat(11),
  unowned: often(false, fc.boolean()),
  unsourced: often(false, fc.boolean()),
  outcome: fc.constantFrom('open', 'open', 'open', 'won', 'lost'),
  stage: fc.nat(11),
  amountCents: fc.integer({ min: 1, max: 40_000_000 }),
  age: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 380 })),
  dated: often<number | null>(
    null,
    fc.integer({ min: -70, max: 250 }).map((days) => (days === 0 ? 1 : days)),
  ),
});

/** What may be drawn of the records, too. */
export interface AllowedRecords extends Allowed {
  /** Records at most. */
  readonly records?: number;
  /** Whether some records name no rep, or no source. */
  readonly unowned?: boolean;
  /** Whether the file has closed records too; it has unless said otherwise. */
  readonly closed?: boolean;
  /** Whether quotas count deals. */
  readonly inDeals?: boolean;
}

/**
 * Random plans with records: rates as shares, for all, some by source, some by rep and source. At least one record is
 * open, no record stands before its source's first stage, and what closed is known from the records alone.
 */
export function randomCase(allowed: AllowedRecords = {}): fc.Arbitrary<RandomCase> {
  const { inDeals = false } = allowed;
  return randomPlan(inDeals ? { ...allowed, dealSizes: [100] } : allowed).chain((random) => {
    const { sources, stages, units } = random.reference;
    const rates = fc.array(percent(5, 95), { minLength: stages - 1, maxLength: stages - 1 });
    return fc
      .record({
        all: rates,
        bySource: fc.array(often(null, rates), { minLength: sources.length, maxLength: sources.length }),
        own: fc.array(fc.boolean(), { minLength: units.length, maxLength: units.length }),
        records: fc.array(rawRecord, { minLength: 1, maxLength: allowed.records ?? 8 }),
      })
      .map(({ records, ...drawn }) => {
        const { unowned = false, closed = true } = allowed;
        return caseOf(random, {
          ...drawn,
          closedKnown: closed,
          inDeals,
          records: records.map((record, index) => ({
            ...record,
            outcome: index === 0 || !closed ? 'open' : record.outcome,
            unowned: unowned && record.unowned,
            unsourced: unowned && record.unsourced,
          })),
        });
      });
  });
}

interface RawCase {
  readonly all: readonly number[];
  readonly bySource: readonly (readonly number[] | null)[];
  readonly own: readonly boolean[];
  readonly records: readonly RawRecord[];
  readonly closedKnown: boolean;
  readonly inDeals: boolean;
}

/** The production model of a case whose rates are the same for everybody. */
export function modelOfCase(given: ReferenceCase): PlanModel {
  return modelWith(given, {
    all: given.pooled(null),
    bySource: given.plan.sources.map(() => null),
    own: given.plan.units.map(() => false),
  });
}

function caseOf({ reference, asOfKind }: RandomPlan, drawn: RawCase): RandomCase {
  const close = reference.stages - 1;
  const pooled = (source: number | null) => [
    ...((source === null ? null : drawn.bySource[source]) ?? drawn.all),
  ];
  const plan: ReferencePlan = {
    ...reference,
    sources: reference.sources.map((source) => ({
      ...source,
      startsAt: Math.min(source.startsAt, close - 1),
    })),
    rates: (unit, source) => (drawn.own[unit] ? reference.rates(unit, source) : pooled(source)),
    actuals:
      reference.actuals?.map((row) => ({
        ...row,
        counts: row.counts.map((count, stage) => (stage === close ? null : count)),
      })) ?? null,
  };
  const records = drawn.records.map((raw) => {
    const record = recordOf(plan, raw);
    return drawn.inDeals ? { ...record, amountCents: 100 } : record;
  });
  const { closedKnown, inDeals } = drawn;
  const given = { plan, records, pooled, closedKnown, inDeals };
  return { given, model: modelWith(given, drawn), asOfKind };
}

function recordOf(plan: ReferencePlan, raw: RawRecord): ReferenceRecord {
  const asOf = dayOfText(plan.asOf);
  const close = plan.stages - 1;
  const source = raw.source % plan.sources.length;
  const { startsAt } = plan.sources[source]!;
  const dateAt = (days: number) => formatDay(addDays(asOf, days));
  const unit = raw.unit % plan.units.length;
  const { team } = plan.units[unit]!;
  const open = {
    unit: raw.unowned ? null : unit,
    // sometimes only the team above
    team: raw.unowned && raw.age % 2 === 1 ? (team?.split('/')[0] ?? null) : team,
    source: raw.unsourced ? null : source,
    outcome: raw.outcome,
    stage: startsAt + (raw.stage % (close - startsAt)),
    amountCents: raw.amountCents,
    since: dateAt(-raw.age),
    closeDate: raw.dated === null ? null : dateAt(raw.dated),
  };
  // records on their way to becoming a deal may have neither amount nor date
  const isEarly = open.stage < close - 1 && open.closeDate === null;
  if (raw.outcome === 'open')
    return { ...open, amountCents: isEarly && raw.amountCents % 2 === 0 ? null : raw.amountCents };
  const closeDate = dateAt(-Math.abs(raw.dated ?? raw.age));
  return { ...open, closeDate, stage: raw.outcome === 'won' ? close : open.stage };
}

/** The production model of it: closed records stand among the actuals, as reading the files makes them. */
function modelWith(
  { plan, records, closedKnown, inDeals }: ReferenceCase,
  drawn: Pick<RawCase, 'all' | 'bySource' | 'own'>,
): PlanModel {
  const model = modelOf(plan);
  const shares = (values: readonly number[]) =>
    values.map((value) => ({ kind: 'share' as const, value, where: NOWHERE }));
  const row = { team: null, rep: null, lastMonth: null, where: NOWHERE };
  const general: RateRow[] = drawn.bySource.flatMap((values, source) =>
    values === null ? [] : [{ ...row, source: model.sources[source]!.name, measures: shares(values) }],
  );
  const own = model.rates.filter((rate) => drawn.own[model.reps.findIndex(({ name }) => name === rate.rep)]);
  const inPipeline = records.map(
    (record): PipelineRecord => ({
      id: null,
      name: null,
      account: null,
      rep: record.unit === null ? null : model.reps[record.unit]!,
      owner: record.unit === null ? null : model.reps[record.unit]!.name,
      team: record.team,
      source: record.source === null ? null : model.sources[record.source]!.name,
      outcome: record.outcome,
      stage: record.stage,
      crmStage: '',
      amount: record.amountCents,
      since: dayOfText(record.since),
      closeDate: DAY(record.closeDate),
      where: NOWHERE,
    }),
  );
  const close = plan.stages - 1;
  const closed = inPipeline
    .filter(({ outcome }) => outcome === 'won')
    .map(
      ({ team, rep, source, amount, closeDate }): Actual => ({
        team,
        rep,
        source,
        month: monthOfDay(closeDate!),
        counts: model.stages.map((_, stage) => (stage === close ? 1 : null)),
        amount,
        isRecord: true,
      }),
    );
  const actuals = [...(model.actuals ?? []), ...closed];
  return {
    ...model,
    ...(inDeals ? { quotaUnit: 'deals', dealSizes: [] } : {}),
    rates: [{ ...row, source: null, measures: shares(drawn.all) }, ...general, ...own],
    actuals: actuals.length > 0 ? actuals : null,
    pipeline: { records: inPipeline, knowsClosed: closedKnown, leftOut: { count: 0, amount: 0 } },
  };
}
