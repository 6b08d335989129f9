/** Of whom rates are tried: of all, of each source and of each team where these differ, or of those asked for. */

import type { Context } from '../../plan/context.ts';
import { compareText } from '../../plan/line.ts';
import type { PlanModel, Source } from '../../plan/model.ts';
import type { Prepared } from '../../plan/prepare.ts';
import { rateFor } from '../../rates/rate-table.ts';
import { leadStage } from '../lead-goal.ts';

/** Of which inputs the ends are tried; empty lists and null: of all. */
export interface AskedInputs {
  /** Only rates of these teams. */
  readonly teams: readonly string[];
  /** Only rates and shares of these sources. */
  readonly sources: readonly string[];
  /** `company`: nothing of teams; `team`: only that, however many there are. */
  readonly level: 'company' | 'team' | null;
}

export interface RateScope {
  readonly team: string | null;
  readonly source: string | null;
}

/** More teams than this are not tried unless they are asked for. */
const MOST_TEAMS = 12;

export interface RateScopes {
  readonly scopes: readonly RateScope[];
  /** Teams that differ and are too many to be tried. */
  readonly teamsLeftOut: number;
}

/** The sources whose records make a transition and that stand for a part of the quota: of others no rate matters. */
export function sourcesMaking({ sources }: PlanModel, transition: number): readonly Source[] {
  return sources.filter(({ startsAt, share }) => startsAt <= transition && share > 0);
}

/** Of whom the rate of a transition is tried. */
export function rateScopes(prepared: Prepared, transition: number, asked: AskedInputs): RateScopes {
  const { model } = prepared.context;
  const sources = sourcesMaking(model, transition);
  const picked = sources.filter(({ name }) => name !== null && asked.sources.includes(name));
  const isPicked = asked.sources.length > 0;
  const named = isPicked ? picked.map(({ name }) => name) : [null];
  const ofTeams = (teams: readonly string[]) =>
    teams.flatMap((team) => named.map((source): RateScope => ({ team, source })));
  if (sources.length === 0) return { scopes: [], teamsLeftOut: 0 };
  if (asked.teams.length > 0) return { scopes: ofTeams(asked.teams), teamsLeftOut: 0 };
  if (asked.level === 'team')
    return { scopes: ofTeams(allTeams(prepared, { sources, transition })), teamsLeftOut: 0 };
  if (isPicked) return { scopes: named.map((source) => ({ team: null, source })), teamsLeftOut: 0 };
  const differing = asked.level === 'company' ? [] : differingTeams(prepared, { sources, transition });
  const isTooMany = differing.length > MOST_TEAMS;
  return {
    scopes: [
      { team: null, source: null },
      ...differingSources(prepared, { sources, transition }),
      ...(isTooMany ? [] : ofTeams(differing)),
    ],
    teamsLeftOut: isTooMany ? differing.length : 0,
  };
}

interface RateOf {
  /** The sources whose leads make this transition. */
  readonly sources: readonly Source[];
  readonly transition: number;
}

/** The sources of the lead goal, where not all sources have the same rates. */
function differingSources({ context, answers }: Prepared, { sources, transition }: RateOf): RateScope[] {
  const { model } = context;
  const places = sources.map((source) => model.sources.indexOf(source));
  const differ = answers.some((ofCarrier) => {
    const [first, ...others] = places.map((place) => ofCarrier[place]!.rates[transition]?.value);
    return others.some((value) => value !== first);
  });
  const first = leadStage(model);
  return differ
    ? sources.filter(({ startsAt }) => startsAt === first).map(({ name }) => ({ team: null, source: name }))
    : [];
}

/** The teams of the uppermost level at which rates differ; none where they are the same for all. */
function differingTeams(prepared: Prepared, of: RateOf): readonly string[] {
  return levelsOf(prepared).find((teams) => differ(prepared.context, teams, of)) ?? [];
}

/** The same, and where rates do not differ the uppermost level that has several teams. */
function allTeams(prepared: Prepared, of: RateOf): readonly string[] {
  const differing = differingTeams(prepared, of);
  if (differing.length > 0) return differing;
  const levels = levelsOf(prepared);
  return levels.find((teams) => teams.length > 1) ?? levels[0] ?? [];
}

/** Teams that carry quota, cut at each level of their paths, in order. */
function levelsOf({ carriers }: Prepared): string[][] {
  const paths = [...new Set(carriers.map(({ team }) => team))].flatMap((team) =>
    team === null ? [] : [team.split('/')],
  );
  const depth = Math.max(0, ...paths.map(({ length }) => length));
  return Array.from({ length: depth }, (_, level) =>
    [...new Set(paths.map((path) => path.slice(0, level + 1).join('/')))].sort(compareText),
  );
}

function differ({ rates }: Context, teams: readonly string[], { sources, transition }: RateOf): boolean {
  return sources.some(({ name }) => {
    const values = teams.map((team) => rateFor(rates, { team, rep: null, source: name }, transition)?.value);
    return values.some((value) => value !== values[0]);
  });
}
