/** What-ifs as they are written, `rates.opportunity_to_close[team=West]=+10%` → key, whom it speaks of, value. */
import type { Change } from '../../plan/change.ts';
import { at, error, type Parsed, type Where } from '../../problem.ts';
import type { Decimal } from '../sheet/decimal.ts';
import { parseYaml } from '../yaml-text.ts';
import { withPlainNumber } from './plain-number.ts';

/** Whom a change speaks of, as it was typed; null: all. */
export interface ScopeText {
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
}

export interface ChangeText {
  /** `rates.opportunity_to_close`. */
  readonly key: string;
  readonly scope: ScopeText;
  /** As YAML reads it: text, number, yes or no, a list, keys and values. */
  readonly value: unknown;
  /** As it was typed. */
  readonly text: string;
  /** The same with its number written plainly, decimal point and all. */
  readonly plain: string;
  /** The scenario it is a part of. */
  readonly scenario: string | null;
  readonly where: Where;
}

const EVERYBODY: ScopeText = { team: null, rep: null, source: null };

/**
 * One of `--set`; where its key stands names the place of all that is wrong with its value. Errors: `set_unreadable`,
 * `set_scope_unreadable`, `decimal_ambiguous`.
 */
export function parseSet(typed: string, decimal: Decimal | null): Parsed<ChangeText> {
  // the value begins after the first = that no [scope] holds
  const [, key = '', text = ''] = /^([^[=]*(?:\[.*?\])?)\s*=(.*)$/s.exec(typed) ?? [];
  if (key.trim() === '' || text.trim() === '')
    return { value: null, problems: [error('set_unreadable', at('--set'), { text: typed })] };
  const where = at(`--set ${key.trim()}`);
  const { value: plain, fault } = withPlainNumber(text.trim(), decimal);
  if (plain === null) return { value: null, problems: [error(fault!.code, where, fault!.arguments)] };
  return changeOf(key, { value: yamlValue(plain), text: text.trim(), plain, scenario: null, where });
}

/** A key of a scenario with its value. Errors: `set_scope_unreadable`. */
export function changeOf(
  typed: string,
  of: Pick<ChangeText, 'value' | 'text' | 'plain' | 'scenario' | 'where'>,
): Parsed<ChangeText> {
  const [, name = '', inner] = /^([^[]*)(?:\[(.*)\])?$/s.exec(typed.trim()) ?? [];
  const key = name.trim();
  const scope = inner === undefined ? EVERYBODY : scopeOf(inner);
  if (key === '' || scope === null)
    return { value: null, problems: [error('set_scope_unreadable', of.where, { text: typed.trim() })] };
  return { value: { key, scope, ...of }, problems: [] };
}

/** `team=West, source=inbound`; null where it is anything else. */
function scopeOf(inner: string): ScopeText | null {
  const scope: Record<keyof ScopeText, string | null> = { ...EVERYBODY };
  for (const part of inner.split(/,(?=\s*(?:team|rep|source)\s*=)/i)) {
    const [, what, name] = /^\s*(team|rep|source)\s*=\s*(.+?)\s*$/is.exec(part) ?? [];
    if (what === undefined || name === undefined) return null;
    const where = what.toLowerCase() as keyof ScopeText;
    if (scope[where] !== null) return null;
    scope[where] = name;
  }
  return scope;
}

/** What a plan file would read there; what it could not read is a text. */
function yamlValue(text: string): unknown {
  const { value } = parseYaml(text, '--set');
  return value === null || value.value === null ? text : value.value;
}

/** A change of a key that is the plan file's own. */
export const asWritten = ({ key, text, scenario }: ChangeText): Change => ({
  key,
  team: null,
  rep: null,
  source: null,
  value: text,
  scenario,
});
