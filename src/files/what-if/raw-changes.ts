/** What-ifs of keys of the plan file: said there instead, before it is read. */
import { error, type Problem, type Where } from '../../problem.ts';
import type { RawPlan } from '../plan-file.ts';
import { PLAN_KEYS } from '../plan-schema.ts';
import { parseAmount } from '../sheet/number-text.ts';
import type { ChangeText } from './change-text.ts';
import { isSigned, parseSigned } from './move-text.ts';
import { shiftedDate } from './shifted-date.ts';

export interface RawChanged {
  readonly raw: RawPlan;
  /** Those that need the whole model. */
  readonly rest: readonly ChangeText[];
  /** Keys that were typed: paths in them start where the command was run. */
  readonly typed: readonly string[];
  readonly problems: readonly Problem[];
}

/** A key and the place of its change. */
interface Laid {
  readonly path: readonly string[];
  readonly where: Where;
}

/**
 * The plan file with the changes laid over it. Changes of rates, of quotas by a part, of scopes and the like are left for
 * the model. Errors: `set_scope_unfit`, `set_without_value`, `set_change_unfit`.
 */
export function withRawChanges(raw: RawPlan, changes: readonly ChangeText[]): RawChanged {
  const problems: Problem[] = [];
  const rest: ChangeText[] = [];
  const laid: Laid[] = [];
  const typed: string[] = [];
  let value = raw.value;
  for (const change of changes) {
    if (isOfModel(change, raw)) {
      rest.push(change);
      continue;
    }
    const path = pathOf(change.key, value);
    const isScoped = Object.values(change.scope).some((name) => name !== null);
    const after = isScoped
      ? { problem: error('set_scope_unfit', change.where, { key: change.key }) }
      : valueAfter(change, at(value, path));
    if (after.problem !== null) problems.push(after.problem);
    else {
      value = withValue(value, path, after.value) as RawPlan['value'];
      laid.push({ path, where: change.where });
      if (change.scenario === null) typed.push(path[0]!);
    }
  }
  return { raw: { value, ...placesOf(raw, laid) }, rest, typed, problems };
}

/** Whether a change needs the whole model: what its key holds may stand in files. */
function isOfModel({ key, scope, plain, value }: ChangeText, raw: RawPlan): boolean {
  const isScoped = Object.values(scope).some((name) => name !== null);
  const [first, ...inner] = key.split('.');
  switch (first) {
    case 'quota':
      return true;
    case 'quotas':
      return (
        isScoped || isSigned(plain) || typeof value === 'number' || parseAmount(plain, 'point').value !== null
      );
    case 'deal_size':
      return isScoped || isSigned(plain);
    case 'rates':
      return inner.length > 0 && (raw.value.rates !== undefined || raw.value.crm !== undefined);
    case 'lags':
      return inner.length > 0 && (isScoped || isSigned(plain) || inner.join('.') === '*');
    case 'sources':
      return inner.length > 1 && inner.at(-1) === 'share';
    default:
      return false;
  }
}

/** `sources.inbound.owner` → those three; of a source whose name has a point, the name as the plan has it. */
function pathOf(key: string, plan: RawPlan['value']): string[] {
  const [first = '', ...inner] = key.split('.');
  if (inner.length === 0) return [first];
  const rest = inner.join('.');
  if (first !== 'sources') return [first, rest];
  const names = Object.keys((plan.sources as object | undefined) ?? {});
  const name = names.find((known) => rest.startsWith(`${known}.`)) ?? inner[0]!;
  return [first, name, rest.slice(name.length + 1)].filter((part) => part !== '');
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

type After = { readonly problem: Problem } | { readonly problem: null; readonly value: unknown };

function valueAfter({ key, text, plain, value, where }: ChangeText, before: unknown): After {
  // of a key that no plan has, the plan file's own reading tells
  const isKnown = PLAN_KEYS.includes(key.split('.')[0]!);
  if (!isSigned(text) || !isKnown) return { problem: null, value };
  if (before === undefined || before === null)
    return { problem: error('set_without_value', where, { key, text }) };
  const isPlain = typeof before === 'number' || typeof before === 'string';
  const after = isPlain ? movedValue(String(before), plain) : null;
  const args = { key, text, expected: 'what stands in its place' };
  return after === null
    ? { problem: error('set_change_unfit', where, args) }
    : { problem: null, value: after };
}

/** A number, a share or a date moved; null where the change does not fit it. */
function movedValue(before: string, plain: string): unknown {
  const signed = parseSigned(plain);
  if (signed === null) return null;
  if (signed.unit === 'months') return shiftedDate(before, plain);
  const isPercent = before.endsWith('%');
  const number = Number(isPercent ? before.slice(0, -1) : before) / (isPercent ? 100 : 1);
  const isOther = isPercent ? signed.unit === 'amount' : signed.unit === 'points' && number > 1;
  if (before.trim() === '' || !Number.isFinite(number) || isOther) return null;
  const after = signed.move.kind === 'times' ? number * signed.move.value : number + signed.move.value;
  return isPercent ? `${Number((after * 100).toPrecision(12))}%` : Number(after.toPrecision(12));
}

/** The same keys and values with one of them another; lists stay lists. */
function withValue(plan: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = (plan as Record<string, unknown> | undefined)?.[key];
  const after = withValue(inner, rest, value);
  if (Array.isArray(plan) && /^\d+$/.test(key)) return plan.with(Number(key), after);
  const known = typeof plan === 'object' && plan !== null && !Array.isArray(plan) ? plan : {};
  return { ...known, [key]: after };
}

/** The place of the last change of a key, of what holds it, or of a part of it; else the plan file's. */
function placesOf(raw: RawPlan, laid: readonly Laid[]): Pick<RawPlan, 'whereOf' | 'whereOfKey'> {
  const isWithin = (outer: readonly PropertyKey[], inner: readonly PropertyKey[]) =>
    outer.length > 0 &&
    outer.every((key, depth) => depth < inner.length && String(key) === String(inner[depth]));
  const placeOf = (path: readonly PropertyKey[]) =>
    (laid.findLast((of) => isWithin(of.path, path)) ?? laid.findLast((of) => isWithin(path, of.path)))?.where;
  return {
    whereOf: (path) => placeOf(path) ?? raw.whereOf(path),
    whereOfKey: (path, key) => placeOf([...path, key]) ?? raw.whereOfKey(path, key),
  };
}
