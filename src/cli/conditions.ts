/** `--fail-when` as it is typed → what must not be. */
import type { Condition } from '../coverage/checks.ts';
import { isMeasure, kindOf, MEASURES, type MeasureName } from '../coverage/measures.ts';
import { nearestWord } from '../files/sheet/nearest.ts';
import { parseAmount } from '../files/sheet/number-text.ts';
import { error, NOWHERE, type Parsed, type Problem } from '../problem.ts';

type Comparison = '<' | '<=' | '>' | '>=';

const COMPARISON = /^\s*([a-z_]+)\s*(<=|>=|<|>)\s*(\S.*?)\s*$/i;
const DROP = /^\s*([a-z_]+)\s+drops?\s+(?:by\s+)?(\S.*?)\s*$/i;

/** `to_go_coverage<enough`, `chance<80%`, `open<500k`, `to_go_coverage drops 10%`. Errors: `usage`. */
export function conditionOf(text: string): Parsed<Condition> {
  const comparison = COMPARISON.exec(text);
  const drop = comparison === null ? DROP.exec(text) : null;
  const [, name = ''] = comparison ?? drop ?? [];
  const measure = name.toLowerCase();
  if (comparison === null && drop === null)
    return refused(
      `--fail-when "${text}" is no condition`,
      "write a measure and a limit, as in 'to_go_coverage<enough' or 'to_go_coverage drops 10%'",
    );
  if (!isMeasure(measure)) {
    const known = Object.keys(MEASURES);
    const nearest = nearestWord(measure, known);
    return refused(
      `--fail-when: there is no measure ${name}`,
      nearest === null ? `measures: ${known.join(', ')}` : `did you mean ${nearest}?`,
    );
  }
  const written = (comparison?.[3] ?? drop?.[2] ?? '').toLowerCase();
  if (comparison !== null && isMeasure(written)) {
    const operator = comparison[2] as Comparison;
    return { value: { measure, operator, limit: written }, problems: [] };
  }
  const limit = limitOf(written);
  if (limit === null)
    return refused(
      `--fail-when: ${written} is neither a number nor a measure`,
      'write a number, a percent, or enough',
    );
  const unit = unitFault(measure, { limit, isPercent: written.endsWith('%'), isDrop: drop !== null });
  if (unit !== null) return refused(`--fail-when: ${measure} ${unit.detail}`, unit.hint);
  if (drop !== null) {
    return { value: { measure, operator: 'drops', limit, isShare: written.endsWith('%') }, problems: [] };
  }
  return { value: { measure, operator: comparison![2] as Comparison, limit }, problems: [] };
}

interface Limit {
  readonly limit: number;
  readonly isPercent: boolean;
  readonly isDrop: boolean;
}

/** A limit in another unit than the measure would always hold, or never. */
function unitFault(
  measure: MeasureName,
  { limit, isPercent, isDrop }: Limit,
): { detail: string; hint: string } | null {
  const kind = kindOf(measure);
  const isAbsolute = kind === 'money' || kind === 'count';
  if (isPercent && isAbsolute && !isDrop)
    return {
      detail: `is no share: ${limit * 100}% of what?`,
      hint: 'write a number, or drops with a percent',
    };
  if (kind === 'share' && !isPercent && limit > 1)
    return { detail: `cannot be ${limit}`, hint: `write ${limit}%` };
  if (isDrop && !isPercent && !isAbsolute && limit > 1)
    return { detail: `cannot drop by ${limit}`, hint: `write ${limit}% for a share of what it was` };
  return null;
}

/** A number in major units; a percent as a share. */
function limitOf(text: string): number | null {
  if (text.endsWith('%')) {
    const share = parseAmount(text.slice(0, -1).trim(), 'point').value;
    return share === null ? null : share.value / 100;
  }
  return parseAmount(text.replace(/[x\u00d7]$/i, ''), 'point').value?.value ?? null;
}

function refused(detail: string, hint: string): { value: null; problems: Problem[] } {
  return { value: null, problems: [error('usage', NOWHERE, { detail, hint })] };
}
