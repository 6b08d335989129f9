/** Deal sizes: the average amount of a closed deal, for all or by team, rep and source. */
import type { Where } from '../problem.ts';
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
}

export type DealSizes = ReadonlyMap<string, DealSize>;

const key = ({ team, rep, source }: Scope): string => `${source ?? ''}\u0000${rep ?? ''}\u0000${team ?? ''}`;

export function dealSizesOf(rows: readonly DealSize[]): DealSizes {
  return new Map(rows.map((row) => [key(row), row]));
}

/** The deal size for whoever asks, in the order of the rate table: most specific first. Null where none is given. */
export function dealSizeFor(sizes: DealSizes, asker: Scope): DealSizeAnswer | null {
  for (const source of asker.source === null ? [null] : [asker.source, null]) {
    for (const { scope, level } of scopes(asker, source)) {
      const dealSize = sizes.get(key(scope));
      if (dealSize) return { dealSize, answeredBy: word(level, source) };
    }
  }
  return null;
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
