/** Deal sizes: the average amount of a closed deal, for all or by team, rep and source. */
import type { Where } from '../problem.ts';
import { type Adjustment, adjusted, adjustmentsFor, textOf } from './adjust.ts';
import { type AnsweredBy, pathUp, type Scope } from './rate-row.ts';

export interface DealSize extends Scope {
  /** Whole minor units (cents). */
  readonly amount: number;
  /** Closed deals that it is the mean of; null where somebody typed it. */
  readonly deals: number | null;
  readonly where: Where;
}

export interface DealSizeAnswer {
  readonly dealSize: DealSize;
  readonly answeredBy: AnsweredBy;
  /** What was laid over it for a what-if, as it was asked for; null: nothing. */
  readonly set: string | null;
  /** The deal size before that, in minor units; null where nothing was laid over it. */
  readonly unchanged: number | null;
}

export interface DealSizes {
  readonly rows: ReadonlyMap<string, DealSize>;
  /** What is laid over the answers. */
  readonly changes: readonly Adjustment[];
}

const key = ({ team, rep, source }: Scope): string => `${source ?? ''}\u0000${rep ?? ''}\u0000${team ?? ''}`;

export function dealSizesOf(rows: readonly DealSize[], changes: readonly Adjustment[] = []): DealSizes {
  return { rows: new Map(rows.map((row) => [key(row), row])), changes };
}

/** The deal size for whoever asks, in the order of the rate table: most specific first. Null where none is given. */
export function dealSizeFor(sizes: DealSizes, asker: Scope): DealSizeAnswer | null {
  for (const source of asker.source === null ? [null] : [asker.source, null]) {
    for (const { scope, level } of scopes(asker, source)) {
      const dealSize = sizes.rows.get(key(scope));
      if (!dealSize) continue;
      const by = adjustmentsFor(sizes.changes, asker);
      const answeredBy = word(level, source);
      if (by.length === 0) return { dealSize, answeredBy, set: null, unchanged: null };
      return { dealSize: laidOver(dealSize, by), answeredBy, set: textOf(by), unchanged: dealSize.amount };
    }
  }
  return null;
}

/** The deal size after a what-if, in whole minor units; put in its place is what somebody typed. */
function laidOver(dealSize: DealSize, by: readonly Adjustment[]): DealSize {
  const amount = Math.round(adjusted(dealSize.amount, by));
  return by.some(({ kind }) => kind === 'to')
    ? { ...dealSize, amount, deals: null }
    : { ...dealSize, amount };
}

function scopes(asker: Scope, source: string | null): { scope: Scope; level: 'rep' | 'team' | 'all' }[] {
  const { rep, team } = asker;
  const ofRep =
    rep === null
      ? []
      : [team, null].map((name) => ({ scope: { rep, team: name, source }, level: 'rep' as const }));
  const ofTeams = pathUp(team).map((name) => ({
    scope: { rep: null, team: name, source },
    level: 'team' as const,
  }));
  return [...ofRep, ...ofTeams, { scope: { rep: null, team: null, source }, level: 'all' }];
}

function word(level: 'rep' | 'team' | 'all', source: string | null): AnsweredBy {
  if (source === null) return level;
  return level === 'all' ? 'source' : `${level} and source`;
}
