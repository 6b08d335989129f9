/** Inputs in which two plans differ, in a fixed order; those that a saved result does not tell are not compared. */
import type { PlanModel } from '../../plan/model.ts';
import { type Input, type InputDifference, input, inputKeyText } from './input-value.ts';
import { quotaDifferences } from './quota-inputs.ts';
import { restDifferences } from './rest-inputs.ts';
import { isSame } from './same.ts';
import type { Side } from './side.ts';
import {
  asOfInputs,
  factInputs,
  headInputs,
  lagInputs,
  methodInputs,
  quotaRuleInputs,
  repInputs,
  sourceInputs,
} from './stated-inputs.ts';

export function inputDifferences(a: Side, b: Side): InputDifference[] {
  const inModels = (inputsOf: (model: PlanModel) => Input[]): InputDifference[] =>
    a.model === null || b.model === null ? [] : differences(inputsOf(a.model), inputsOf(b.model));
  const areModels = a.model !== null && b.model !== null;
  return [
    ...differences(headInputs(a.head), headInputs(b.head)),
    ...(areModels ? inModels(repInputs) : differences(namedReps(a), namedReps(b))),
    ...quotaDifferences(a, b),
    ...inModels(quotaRuleInputs),
    ...inModels(sourceInputs),
    ...restDifferences(a, b, 'deal_size'),
    ...restDifferences(a, b, 'rate'),
    ...(areModels ? inModels(lagInputs) : restDifferences(a, b, 'lag')),
    ...inModels(methodInputs),
    ...differences(asOfInputs(a.head), asOfInputs(b.head)),
    ...inModels(factInputs),
    ...filesThatTell(a, b),
  ];
}

/** In the order of the first, then what only the second has. */
function differences(before: readonly Input[], after: readonly Input[]): InputDifference[] {
  const inB = new Map(after.map((of) => [inputKeyText(of), of]));
  const inA = new Set(before.map(inputKeyText));
  const all = [...before, ...after.filter((of) => !inA.has(inputKeyText(of)))];
  return all.flatMap(({ value, ...key }) => {
    const name = inputKeyText(key);
    const a = inA.has(name) ? value : null;
    const b = inB.get(name)?.value ?? null;
    return says(a, b) ? [] : [{ ...key, a, b }];
  });
}

function says(a: Input['value'] | null, b: Input['value'] | null): boolean {
  if (a?.kind === 'text' && b?.kind === 'text') return a.text === b.text;
  return isSame(a, b);
}

/** Of a saved result only that somebody has goals is known. */
function namedReps({ lines }: Side): Input[] {
  return lines
    .filter(({ level, rep, source }) => level === 'rep' && rep !== null && source === null)
    .map(({ team, rep }) => input('reps', { kind: 'text', text: 'has goals' }, { team, rep }));
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
