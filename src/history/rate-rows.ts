/** Rates with their evidence: of the company, of every team and of every rep; over all sources and of each. */
import { type Drawn, drawReps, drawTeams, type Member } from './draw.ts';
import type { Answered, RateEstimate } from './estimate.ts';
import { intervalOf } from './interval.ts';
import { lagOf } from './life-table.ts';
import type { Measure } from './measure.ts';
import { type Counts, effectiveOf, evidenceOf, NOBODY, type Unit } from './units.ts';

/** Rows of one transition and source. */
interface Rows {
  readonly company: RateEstimate;
  readonly teams: readonly RateEstimate[];
  readonly reps: readonly RateEstimate[];
}

/**
 * Company, teams, reps; of each over all sources before each source; neighbours in funnel order, then first to last.
 * A rep or team that has records of a source at any transition has a row for each, where anybody has records there.
 * `isTrusted` tells whether a unit's own records say what it converts.
 */
export function rateRows(
  measures: readonly (readonly Measure[])[],
  units: readonly Unit[],
  isTrusted: (unit: Unit) => boolean,
): RateEstimate[] {
  const rows = measures.map((places) => {
    const present = units.flatMap((unit, index) =>
      places.some(({ ledger }) => ledger.has(index)) ? [{ unit, index, isTrusted: isTrusted(unit) }] : [],
    );
    return places.map((measure) => {
      const members = present.map(
        ({ unit: { team, rep }, index, isTrusted: trusted }): Member => ({
          team,
          rep,
          counts: measure.ledger.get(index) ?? NOBODY,
          isTrusted: trusted,
        }),
      );
      return rowsOf(measure, members);
    });
  });
  return [
    ...rows.flatMap((places) => places.map(({ company }) => company)),
    ...inUnitOrder(rows.map((places) => places.map(({ teams }) => teams))),
    ...inUnitOrder(rows.map((places) => places.map(({ reps }) => reps))),
  ];
}

function rowsOf(measure: Measure, members: readonly Member[]): Rows {
  const { total, rate, table } = measure;
  const lags = { median: lagOf(table, 0.5), most: lagOf(table, 0.8) };
  const company = rateRow(measure, lags, {
    level: 'company',
    unit: { team: null, rep: null },
    counts: total,
    rate,
    sureAs: evidenceOf(total).entered,
    answeredBy: 'company',
  });
  const ofDrawn = (level: 'team' | 'rep') => (drawn: Drawn) =>
    rateRow(measure, lags, { level, ...drawn, counts: drawn.unit.counts });
  return {
    company,
    teams: drawTeams(members).map(ofDrawn('team')),
    reps: drawReps(members).map(ofDrawn('rep')),
  };
}

interface Rated {
  readonly level: RateEstimate['level'];
  readonly unit: Unit;
  readonly counts: Counts;
  readonly rate: number | null;
  readonly sureAs: number;
  readonly answeredBy: Answered;
}

/** Days after which half, and 80 %, have converted of those that do. */
interface Lags {
  readonly median: number | null;
  readonly most: number | null;
}

/** Lags are those of the source's life table, whoever the row is of. */
function rateRow({ slice, isLittle }: Measure, lags: Lags, of: Rated): RateEstimate {
  const { level, unit, counts, rate } = of;
  const { records, converted, lost } = counts;
  const interval = rate === null ? null : intervalOf(rate, of.sureAs);
  return {
    level,
    team: unit.team,
    rep: unit.rep,
    source: slice.source,
    from: slice.from,
    to: slice.to,
    records,
    converted,
    lost,
    open: records - converted - lost,
    naive: records > 0 ? converted / records : null,
    rate,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    maturity: records > 0 ? effectiveOf(counts) / records : null,
    medianLagDays: lags.median,
    lag80Days: lags.most,
    answeredBy: isLittle ? 'too little data' : of.answeredBy,
  };
}

/** By source and place, each in unit order → unit by unit, with the sources and places of each in order. */
function inUnitOrder(rows: readonly (readonly (readonly RateEstimate[])[])[]): RateEstimate[] {
  const teams = new Map<string | null, Map<string | null, RateEstimate[]>>();
  for (const row of rows.flat(2)) {
    let reps = teams.get(row.team);
    if (reps === undefined) teams.set(row.team, (reps = new Map()));
    const own = reps.get(row.rep);
    if (own) own.push(row);
    else reps.set(row.rep, [row]);
  }
  return [...teams.values()].flatMap((reps) => [...reps.values()].flat());
}
