/** What-ifs that need the whole model: key, names and value → what is changed and how. */
import { error, type Parsed, type Problem } from '../../problem.ts';
import type { Effect, Move, WhatIf } from '../../scenario/what-if.ts';
import { isKnownRep, isKnownTeam, type Names, personNamed, teamNamed } from '../names.ts';
import { shareColumns } from '../rate-measures.ts';
import { parseDuration } from '../sheet/duration-text.ts';
import { isSameKey, nearestWord } from '../sheet/nearest.ts';
import { parseAmount, parseShare } from '../sheet/number-text.ts';
import type { ChangeText, ScopeText } from './change-text.ts';
import { isSigned, parseSigned, type Signed } from './move-text.ts';

export interface WhatIfContext {
  readonly names: Names;
  readonly stages: readonly string[];
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
}

/**
 * Errors: `key_unknown` (a transition or source that is none), `not_found` (a name in its scope), `set_scope_unfit`,
 * `set_change_unfit`.
 */
export function whatIfOf(text: ChangeText, context: WhatIfContext): Parsed<WhatIf> {
  const key = text.key === 'quotas' ? 'quota' : text.key;
  const scope = scopeOf(text, context);
  const effect = effectOf(text, key, context);
  const problems = [...scope.problems, ...effect.problems, ...unfitScope(text, key)];
  if (problems.length > 0 || scope.value === null || effect.value === null) return { value: null, problems };
  const change = {
    key: keyOf(key, effect.value, context),
    ...scope.value,
    value: text.text,
    scenario: text.scenario,
  };
  return { value: { change, effect: effect.value, where: text.where }, problems };
}

/** The key by the plan's own names. */
function keyOf(key: string, effect: Effect, { stages }: WhatIfContext): string {
  if (effect.of === 'share') return `sources.${effect.source}.share`;
  if ((effect.of !== 'rate' && effect.of !== 'lag') || key.endsWith('*')) return key;
  return `${effect.of}s.${shareColumns(stages)[effect.transitions[0]!]!}`;
}

function effectOf(text: ChangeText, key: string, context: WhatIfContext): Parsed<Effect> {
  const [first = '', ...inner] = key.split('.');
  if (first === 'rates' || first === 'lags')
    return ofTransitions(text, first, { name: inner.join('.'), context });
  if (first === 'sources') return ofShare(text, inner.slice(0, -1).join('.'), context);
  const of = first === 'quota' ? 'quota' : 'deal_size';
  const move = of === 'quota' ? quotaMove(text) : amountMove(text);
  return move === null ? unfit(text, EXPECTED[of]) : { value: { of, move }, problems: [] };
}

const EXPECTED = {
  quota: '+10%, or the total of the plan: 12M',
  deal_size: '+10%, +2000, or the amount: 30000',
  rate: '+10%, +2 points, or the rate: 25%',
  lag: '+1 month, -10 days, +10%, or the wait: 20 days',
  share: '+10%, +5 points, or the share: 50%',
} as const;

function unfit({ key, text, where }: ChangeText, expected: string): Parsed<never> {
  return { value: null, problems: [error('set_change_unfit', where, { key, text, expected })] };
}

/** All transitions are `*`. */
function ofTransitions(
  text: ChangeText,
  first: 'rates' | 'lags',
  { name, context }: { readonly name: string; readonly context: WhatIfContext },
): Parsed<Effect> {
  const columns = shareColumns(context.stages);
  const transitions = [...columns.keys()].filter((index) => name === '*' || isSameKey(columns[index]!, name));
  if (transitions.length === 0) {
    const args = {
      key: name,
      nearest: nearestWord(name, columns) ?? '',
      in: first,
      known: columns.join(', '),
    };
    return { value: null, problems: [error('key_unknown', text.where, args)] };
  }
  const of = first === 'rates' ? 'rate' : 'lag';
  const move = of === 'rate' ? shareMove(text) : lagMove(text);
  return move === null ? unfit(text, EXPECTED[of]) : { value: { of, transitions, move }, problems: [] };
}

function ofShare(text: ChangeText, name: string, context: WhatIfContext): Parsed<Effect> {
  const { sources } = context;
  const source = sources.find((known) => isSameKey(known, name));
  if (source === undefined) {
    const args = {
      key: name,
      nearest: nearestWord(name, sources) ?? '',
      in: 'sources',
      known: sources.join(', '),
    };
    return { value: null, problems: [error('key_unknown', text.where, args)] };
  }
  const move = shareMove(text);
  return move === null ? unfit(text, EXPECTED.share) : { value: { of: 'share', source, move }, problems: [] };
}

/** A percentage of what is there, or one of the units that fit; null where it is neither. */
function signedMove(text: string, units: readonly Signed['unit'][]): Move | null {
  const signed = parseSigned(text);
  if (signed === null || !(signed.unit === 'percent' || units.includes(signed.unit))) return null;
  const isNothingLeft = signed.move.kind === 'times' && !(signed.move.value > 0);
  return isNothingLeft ? null : signed.move;
}

function quotaMove({ plain }: ChangeText): Move | null {
  return isSigned(plain) ? signedMove(plain, []) : amountTo(plain);
}

function amountMove({ plain }: ChangeText): Move | null {
  if (!isSigned(plain)) return amountTo(plain);
  const move = signedMove(plain, ['amount']);
  return move?.kind === 'plus' ? { kind: 'plus', value: move.value * MINOR_UNITS } : move;
}

const MINOR_UNITS = 100;

function amountTo(plain: string): Move | null {
  const amount = parseAmount(plain, 'point').value?.value ?? 0;
  return amount > 0 ? { kind: 'to', value: Math.round(amount * MINOR_UNITS) } : null;
}

function shareMove({ plain }: ChangeText): Move | null {
  if (isSigned(plain)) return signedMove(plain, ['points']);
  const share = parseShare(plain, 'point').value;
  return share !== null && share > 0 && share <= 1 ? { kind: 'to', value: share } : null;
}

function lagMove({ plain }: ChangeText): Move | null {
  if (isSigned(plain)) return signedMove(plain, ['months']);
  const months = parseDuration(plain).value;
  return months === null ? null : { kind: 'to', value: months };
}

/** Quotas and lags are not by source, lags and shares are the same for all. */
function unfitScope({ scope, where }: ChangeText, key: string): Problem[] {
  const [first] = key.split('.');
  const isScoped = scope.team !== null || scope.rep !== null || scope.source !== null;
  const isUnfit =
    first === 'quota' ? scope.source !== null : (first === 'lags' || first === 'sources') && isScoped;
  return isUnfit ? [error('set_scope_unfit', where, { key })] : [];
}

/** The plan's own names. Errors: `not_found`. */
function scopeOf({ scope, where }: ChangeText, { names, sources }: WhatIfContext): Parsed<ScopeText> {
  const problems: Problem[] = [];
  const missing = (what: string, text: string, known: readonly string[]) => {
    const args = {
      what,
      text,
      nearest: nearestWord(text, known) ?? '',
      known: known.length <= 12 ? known.join(', ') : '',
    };
    problems.push(error('not_found', where, args));
  };
  const { team, rep, source } = scope;
  if (team !== null && !isKnownTeam(names, team)) missing('team', team, [...names.teams.values()]);
  if (rep !== null && !isKnownRep(names, rep))
    missing('rep', rep, [...new Set([...names.reps.values()].flat().map(({ name }) => name))]);
  const known = sources.find((name) => source !== null && isSameKey(name, source));
  if (source !== null && known === undefined) missing('source', source, sources);
  if (problems.length > 0) return { value: null, problems };
  const person = rep === null ? null : personNamed(names, rep).name;
  return {
    value: { team: team === null ? null : teamNamed(names, team), rep: person, source: known ?? null },
    problems,
  };
}
