/** Inputs in which two plans differ, in a fixed order; those that a saved result does not tell are not compared. */
import type { PlanModel } from '../../../plan/model.ts';
import { scopedKey } from '../../scoped-key.ts';
import { isSame } from '../same.ts';
import type { Side, Stated } from '../side.ts';
import { type Input, type InputDifference, type InputKey, input } from './input-value.ts';
import { quotaDifferences } from './quota-inputs.ts';
import { repDifferences } from './rep-inputs.ts';
import { restDifferences } from './rest-inputs.ts';
import {
  asOfInputs,
  capacityInputs,
  factInputs,
  headInputs,
  isUsualAsOf,
  lagInputs,
  methodInputs,
  quotaRuleInputs,
  sourceInputs,
} from './stated-inputs.ts';

export function inputDifferences(a: Side, b: Side): InputDifference[] {
  const inModels = (inputsOf: (model: PlanModel) => Input[]): InputDifference[] =>
    a.model === null || b.model === null ? [] : differences(inputsOf(a.model), inputsOf(b.model));
  const inStated = (inputsOf: (stated: Stated) => Input[]): InputDifference[] =>
    a.stated === null || b.stated === null ? [] : differences(inputsOf(a.stated), inputsOf(b.stated));
  const areModels = a.model !== null && b.model !== null;
  return [
    ...differences(headInputs(a.head), headInputs(b.head)),
    ...repDifferences(a, b),
    ...quotaDifferences(a, b),
    ...inStated(quotaRuleInputs),
    ...inStated(sourceInputs),
    ...restDifferences(a, b, 'deal_size'),
    ...restDifferences(a, b, 'rate'),
    ...(areModels ? inModels(lagInputs) : restDifferences(a, b, 'lag')),
    ...inStated(methodInputs),
    ...inStated(capacityInputs),
    ...asOfDifferences(a, b),
    ...inModels(factInputs),
    ...filesThatTell(a, b),
  ];
}

/** Of two plans that each know all up to the day before it nothing is said: their months tell it. */
function asOfDifferences({ head: a }: Side, { head: b }: Side): InputDifference[] {
  return isUsualAsOf(a) && isUsualAsOf(b) ? [] : differences(asOfInputs(a), asOfInputs(b));
}

const keyText = ({ key, ...scope }: InputKey): string => scopedKey(key, scope);

/** In the order of the first, then what only the second has. */
function differences(before: readonly Input[], after: readonly Input[]): InputDifference[] {
  const inB = new Map(after.map((of) => [keyText(of), of]));
  const inA = new Set(before.map(keyText));
  const all = [...before, ...after.filter((of) => !inA.has(keyText(of)))];
  return all.flatMap(({ value, ...key }) => {
    const name = keyText(key);
    const a = inA.has(name) ? value : null;
    const b = inB.get(name)?.value ?? null;
    return says(a, b) ? [] : [{ ...key, a, b }];
  });
}

function says(a: Input['value'] | null, b: Input['value'] | null): boolean {
  if (a?.kind === 'text' && b?.kind === 'text') return a.text === b.text;
  return isSame(a, b);
}

/**
 * Files of the same name and other content. Of two plans what they hold is compared itself, and only records that add
 * up to the same are told by their files; of a saved result files are all there is.
 */
function filesThatTell(a: Side, b: Side): InputDifference[] {
  const isToldBySums = a.model !== null && b.model !== null && !hasOtherFacts(a.model, b.model);
  if (isToldBySums) return [];
  const marks = ({ files }: Side) =>
    files.map(({ path, sha256 }) => input(`files.${path}`, { kind: 'file', sha256: sha256() }));
  const found = differences(marks(a), marks(b));
  return found.filter(({ a: before, b: after }) => before !== null && after !== null);
}

/** Actuals or records that differ though their sums do not. */
function hasOtherFacts(a: PlanModel, b: PlanModel): boolean {
  if (!isSame(factInputs(a), factInputs(b))) return false;
  return !isSame([a.actuals, a.pipeline], [b.actuals, b.pipeline]);
}
