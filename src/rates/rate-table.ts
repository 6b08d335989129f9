/** The rate table: which row, at which level, answers for a rep, a team or the company. */
import type { Where } from '../problem.ts';
import {
  type AnsweredBy,
  type Measure,
  type MeasuredRate,
  pathUp,
  type RateRow,
  type Scope,
} from './rate-row.ts';
import {
  type Counted,
  type CountedRate,
  rateInTeam,
  rateOfRep,
  rateOfTeam,
  rateOverall,
  type Tallies,
  talliesOf,
} from './tallies.ts';

/** One conversion rate with its evidence and the level that answered. */
export interface RateAnswer {
  readonly value: number;
  /** `typed`: a share somebody wrote; `counted`: from counts of records; `measured`: of a history. */
  readonly basis: 'typed' | 'counted' | 'measured';
  /** Records that entered the transition and of those the converted; null for shares. */
  readonly records: number | null;
  readonly converted: number | null;
  /** What is measured of it beyond the counts; null where it is not. */
  readonly measured: Pick<MeasuredRate, 'effective' | 'low' | 'high'> | null;
  readonly answeredBy: AnsweredBy;
  /** Of whom the answering row speaks. */
  readonly scope: Scope;
  readonly where: Where;
}

export interface RateTable {
  readonly rows: readonly RateRow[];
  readonly transitions: number;
  readonly blended: boolean;
  readonly bySource: Map<string | null, (SourceRates | undefined)[]>;
  /** The overall lines of all sources together, by transition. */
  readonly overall: (SourceRates | undefined)[];
}

/** What answers as it stands. */
type Share = Exclude<Measure, { kind: 'counts' }>;

/** All rows of one source (or of no source) for one transition: typed and measured shares by scope, counts as tallies. */
interface SourceRates {
  readonly shares: ReadonlyMap<string, Share>;
  readonly tallies: Tallies | null;
}

export function rateTable(
  rows: readonly RateRow[],
  options: { transitions: number; blended: boolean },
): RateTable {
  return { rows, ...options, bySource: new Map(), overall: [] };
}

const scopeKey = (rep: string | null, team: string | null): string => `${rep ?? ''}\u0000${team ?? ''}`;

/**
 * The rate of a transition for whoever asks, most specific first: rep and source; team and source, then each parent
 * team; source; rep; team, then each parent; all. Null where no row answers.
 */
export function rateFor(table: RateTable, asker: Scope, transition: number): RateAnswer | null {
  const { team, rep, source } = asker;
  if (source !== null) {
    const own = answerWithin(ratesOf(table, source, transition), { team, rep, source });
    if (own) return own;
  }
  return (
    answerWithin(ratesOf(table, null, transition), { team, rep, source: null }) ??
    answerWithin(ratesOfAllSources(table, transition), { team: null, rep: null, source: null })
  );
}

type Level = 'rep' | 'team' | 'all';

/** Rep, then team and its parents, then all, within the rows of one source. */
function answerWithin(rates: SourceRates, asker: Scope): RateAnswer | null {
  const { team, rep, source } = asker;
  const word = (level: Level): AnsweredBy => {
    if (source === null) return level;
    return level === 'all' ? 'source' : `${level} and source`;
  };
  const asItStands = (share: Share, level: Level, scope: Scope): RateAnswer =>
    share.kind === 'share'
      ? typed(share, word(level), scope)
      : measured(share, word(share.carriedBy ?? level), scope);
  const hasShares = rates.shares.size > 0;
  if (rep !== null) {
    const share =
      hasShares && (rates.shares.get(scopeKey(rep, team)) ?? rates.shares.get(scopeKey(rep, null)));
    if (share) return asItStands(share, 'rep', { team, rep, source });
    const counted = rates.tallies && rateOfRep(rates.tallies, rep, team);
    if (counted) return fromCounts(counted, word('rep'), { team, rep, source });
  }
  for (const name of pathUp(team)) {
    const scope = { team: name, rep: null, source };
    const share = rates.shares.get(scopeKey(null, name));
    if (share) return asItStands(share, 'team', scope);
    const inTeam = rep !== null && name === team ? rateInTeam : rateOfTeam;
    const counted = rates.tallies && inTeam(rates.tallies, name);
    if (counted) return fromCounts(counted, word('team'), scope);
  }
  const scope = { team: null, rep: null, source };
  const share = rates.shares.get(scopeKey(null, null));
  if (share) return asItStands(share, 'all', scope);
  const counted = rates.tallies && rateOverall(rates.tallies);
  return counted ? fromCounts(counted, word('all'), scope) : null;
}

function typed(share: Share, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  return {
    value: share.value,
    basis: 'typed',
    records: null,
    converted: null,
    measured: null,
    answeredBy,
    scope,
    where: share.where,
  };
}

function measured(rate: MeasuredRate, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  const { value, records, converted, effective, low, high, where } = rate;
  return {
    value,
    basis: 'measured',
    records,
    converted,
    measured: { effective, low, high },
    answeredBy,
    scope,
    where,
  };
}

function fromCounts(rate: CountedRate, answeredBy: AnsweredBy, scope: Scope): RateAnswer {
  const { value, entered, converted, where } = rate;
  return { value, basis: 'counted', records: entered, converted, measured: null, answeredBy, scope, where };
}

function ratesOf(table: RateTable, source: string | null, transition: number): SourceRates {
  let byTransition = table.bySource.get(source);
  if (byTransition === undefined) table.bySource.set(source, (byTransition = []));
  return (byTransition[transition] ??= collect(
    table.rows.filter((row) => row.source === source),
    { transition, blended: table.blended },
  ));
}

/** The overall line where only rows per source are given: their sum. Shares cannot be added, so only counts. */
function ratesOfAllSources(table: RateTable, transition: number): SourceRates {
  return (table.overall[transition] ??= addUpSources(table, transition));
}

function addUpSources(table: RateTable, transition: number): SourceRates {
  const sources = [...new Set(table.rows.map((row) => row.source))].filter((source) => source !== null);
  const rows: Counted[] = [];
  for (const source of sources) {
    const tallies = ratesOf(table, source, transition).tallies;
    const line = tallies && rateOverall(tallies);
    if (line) rows.push({ ...line, team: null, rep: source });
  }
  return { shares: new Map(), tallies: rows.length > 0 ? talliesOf(rows, false) : null };
}

function collect(rows: readonly RateRow[], options: { transition: number; blended: boolean }): SourceRates {
  const shares = new Map<string, Share>();
  const counted: Counted[] = [];
  for (const row of rows) {
    const measure = row.measures[options.transition];
    if (!measure) continue;
    if (measure.kind !== 'counts') {
      shares.set(scopeKey(row.rep, row.team), measure);
      continue;
    }
    const { converted, entered } = measure.tally;
    counted.push({ converted, entered, team: row.team, rep: row.rep, where: measure.where });
  }
  return { shares, tallies: counted.length > 0 ? talliesOf(counted, options.blended) : null };
}
