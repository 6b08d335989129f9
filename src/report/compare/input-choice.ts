/** Which inputs that differ are shown: those of the largest causes first, of each a handful, the rest in short. */

import { isWithin } from '../../quota/rep.ts';
import type { Cause } from '../../scenario/compare/causes/causes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { InputDifference } from '../../scenario/compare/inputs/input-value.ts';
import type { Selection } from '../selection.ts';

/** 0: of everybody; 1: of a team, a source or somebody's being there; 2: of a rep. */
type Detail = 0 | 1 | 2;

/** Inputs of one kind and detail that are not shown each by itself. */
export interface InShort {
  /** As the groups that causes name: `quotas`, `rates.lead_to_conversation`. */
  readonly group: string;
  readonly detail: Detail;
  /** Whether others of the same are shown. */
  readonly isRest: boolean;
  readonly inputs: readonly InputDifference[];
}

export interface ChosenInputs {
  readonly shown: readonly InputDifference[];
  readonly inShort: readonly InShort[];
}

/** Rows of one group, where there are few groups; of many there are fewer, at least so many. */
const HANDFUL = 6;
const FEW = 2;
/** Rows of all groups together, as far as each has a few. */
const ROWS = 18;

export function chosenInputs(inputs: readonly InputDifference[], causes: readonly Cause[]): ChosenInputs {
  const groups = new Map<string, InputDifference[]>();
  for (const difference of inputs) {
    const group = groupOf(difference.key);
    groups.set(group, [...(groups.get(group) ?? []), difference]);
  }
  const weightOf = weights(causes);
  const ordered = [...groups].sort(([first], [second]) => {
    const [one, other] = [weightOf(first), weightOf(second)];
    return one === other ? 0 : other - one;
  });
  const room = Math.max(FEW, Math.min(HANDFUL, Math.floor(ROWS / groups.size)));
  const parts = ordered.map(([group, all]) => chosenOf(group, all, room));
  return {
    shown: parts.flatMap(({ shown }) => shown),
    inShort: parts.flatMap(({ inShort }) => inShort),
  };
}

/** From what speaks of everybody to what speaks of one; a detail that does not fit whole is said in short. */
function chosenOf(group: string, all: readonly InputDifference[], room: number): ChosenInputs {
  const shown: InputDifference[] = [];
  const inShort: InShort[] = [];
  for (const detail of [0, 1, 2] as const) {
    const inputs = all.filter((difference) => detailOf(difference) === detail);
    if (inputs.length === 0) continue;
    if (inputs.length <= room - shown.length) shown.push(...inputs);
    else if (shown.length > 0) inShort.push({ group, detail, isRest: false, inputs });
    else {
      const named = [...inputs].sort(bySize).slice(0, Math.min(room, NAMED));
      shown.push(...inputs.filter((difference) => named.includes(difference)));
      inShort.push({
        ...{ group, detail, isRest: true },
        inputs: inputs.filter((difference) => !named.includes(difference)),
      });
    }
  }
  return { shown, inShort };
}

/** Of a detail too long to be shown, where nothing more general is. */
const NAMED = 3;

function detailOf({ key, team, rep, source }: InputDifference): Detail {
  const section = key.split('.')[0]!;
  if (['reps', 'sources', 'files'].includes(section)) return 1;
  if (rep !== null) return 2;
  return team !== null || source !== null ? 1 : 0;
}

/** The largest change first; one that only one plan has comes last. */
function bySize(first: InputDifference, second: InputDifference): number {
  return Math.abs(sizeOf(second) ?? 0) - Math.abs(sizeOf(first) ?? 0);
}

/** What the second has more, in the unit of the input; null where that cannot be said. */
export function sizeOf({ a, b }: InputDifference): number | null {
  if (a?.kind === 'rate' && b?.kind === 'rate') return b.share - a.share;
  if (a?.kind === 'amount' && b?.kind === 'amount') return b.hundredths - a.hundredths;
  if (a?.kind === 'deal_size' && b?.kind === 'deal_size') return b.hundredths - a.hundredths;
  return null;
}

const OF_MONTHS: readonly string[] = ['fiscal_year_starts'];
const KNOWN_FACTS: readonly string[] = ['actuals', 'pipeline', 'files'];
/** What a plan is of: before everything else. */
const FRAME: readonly string[] = ['months', 'funnel', 'quota_unit', 'currency'];

/** The group of inputs that an input changes with. */
function groupOf(key: string): string {
  const section = key.split('.')[0]!;
  if (section === 'rates' || section === 'lags') return key;
  if (OF_MONTHS.includes(section)) return 'months';
  return KNOWN_FACTS.includes(section) ? 'as_of' : section;
}

/** By group the change that it stands for, alone or with others. */
function weights(causes: readonly Cause[]): (group: string) => number {
  const found = new Map<string, number>();
  for (const { key, change } of causes)
    for (const part of key.split(' + ')) found.set(part, Math.abs(change));
  return (group) => (FRAME.includes(group) ? Number.POSITIVE_INFINITY : (found.get(group) ?? 0));
}

/** Those that can concern what was asked for: of its teams and what lies above or below, of its reps, of its sources. */
export function concerning(
  { a, b, inputs }: Pick<Comparison, 'a' | 'b' | 'inputs'>,
  { teams, reps, sources, owners }: Selection,
): InputDifference[] {
  const lines = [...a.lines, ...b.lines];
  const ofReps = lines.flatMap(({ rep, team }) => (rep !== null && reps.includes(rep) ? [team] : []));
  const places = [...teams, ...new Set(ofReps)];
  const owned = lines.flatMap(({ owner, source }) =>
    owner !== null && owners.includes(owner) ? [source] : [],
  );
  const named = [...sources, ...new Set(owned)];
  const isNear = (team: string | null) =>
    places.length === 0 ||
    places.some((place) => isWithin(place, team) || (team !== null && isWithin(team, place)));
  return inputs.filter(({ key, team, rep, source }) => {
    const ofSource = source ?? /^sources\.(.+)\.[^.]+$/s.exec(key)?.[1] ?? null;
    return (
      (team === null || isNear(team)) &&
      (rep === null || reps.length === 0 || reps.includes(rep)) &&
      (ofSource === null || named.length === 0 || named.includes(ofSource))
    );
  });
}
