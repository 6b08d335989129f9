/** Rates, lags and deal sizes that goals rest on, beside each other: for whomever one of the plans tells them apart. */
import type { Scope } from '../../../rates/rate-row.ts';
import { scopedKey } from '../../scoped-key.ts';
import type { Resting, Side } from '../side.ts';
import { type InputDifference, type InputValue, input } from './input-value.ts';

type What = Resting['what'];

const SECTIONS: Readonly<Record<What, string>> = { deal_size: 'deal_size', rate: 'rates', lag: 'lags' };

/** As far as floats agree. */
const CLOSE = 1e-12;

/**
 * Those of one kind that differ. Where one plan tells sources, teams or reps apart and the other does not, what the
 * other uses for all stands beside each of them.
 */
export function restDifferences(a: Side, b: Side, what: What): InputDifference[] {
  const ofKind = ({ restsOn }: Side) => restsOn.filter((resting) => resting.what === what);
  const all = [ofKind(a), ofKind(b)];
  const [inA, inB] = [bookOf(ofKind(a)), bookOf(ofKind(b))];
  const found = new Map<string, InputDifference>();
  for (const asked of all.flat()) {
    const [own, other] = [answerFor(inA, asked), answerFor(inB, asked)];
    if (own !== null && other !== null && Math.abs(own.value - other.value) <= CLOSE * Math.abs(own.value))
      continue;
    if ((own === null || other === null) && isFiner(own === null ? inA : inB, asked)) continue;
    const { key, team, rep, source } = input(keyOf(asked), NOTHING, asked);
    found.set(scopedKey(key, { team, rep, source }), {
      key,
      team,
      rep,
      source,
      a: inputOf(own),
      b: inputOf(other),
    });
  }
  return [...found.values()].sort(byTransition(all.flat()));
}

const NOTHING: InputValue = { kind: 'text', text: '' };

const between = ({ from, to }: Pick<Resting, 'from' | 'to'>): string => `${from}_to_${to}`;

function keyOf(resting: Resting): string {
  const section = SECTIONS[resting.what];
  return resting.from === null ? section : `${section}.${between(resting)}`;
}

interface Book {
  /** By transition and whom they speak of. */
  readonly answers: ReadonlyMap<string, Resting>;
  /** Everybody of whom, or of a part of whom, some of them speak. */
  readonly wholes: ReadonlySet<string>;
}

function bookOf(all: readonly Resting[]): Book {
  return {
    answers: new Map(all.map((resting) => [pageOf(resting, EVERY_PART), resting])),
    wholes: new Set(all.flatMap((resting) => SCOPES.map((parts) => pageOf(resting, parts)))),
  };
}

type Parts = readonly (keyof Scope)[];

/** Whom it speaks of; a part that is not named speaks of all. */
function pageOf(resting: Resting, parts: Parts): string {
  const named = EVERY_PART.map((part) => (parts.includes(part) ? resting[part] : null));
  return [between(resting), ...named].join('\u0000');
}

const EVERY_PART: Parts = ['source', 'team', 'rep'];

/** From whoever is asked for to everybody. */
const SCOPES: readonly Parts[] = [
  EVERY_PART,
  ['source', 'rep'],
  ['source', 'team'],
  ['team', 'rep'],
  ['source'],
  ['rep'],
  ['team'],
  [],
];

/** The finest that speaks of whoever is asked for; null where none does. */
function answerFor({ answers }: Book, asked: Resting): Resting | null {
  for (const parts of SCOPES) {
    const answer = answers.get(pageOf(asked, parts));
    if (answer !== undefined) return answer;
  }
  return null;
}

/** Whether some speak of a part of whoever is asked for: those stand for themselves. */
const isFiner = ({ wholes }: Book, asked: Resting): boolean => wholes.has(pageOf(asked, EVERY_PART));

function inputOf(resting: Resting | null): InputValue | null {
  if (resting === null) return null;
  if (resting.what === 'lag') return { kind: 'wait', months: resting.value };
  if (resting.what === 'rate') return { kind: 'rate', share: resting.value };
  return { kind: 'deal_size', hundredths: Math.round(resting.value * 100) };
}

/** Transition by transition; within one as they came. */
function byTransition(all: readonly Resting[]): (first: InputDifference, second: InputDifference) => number {
  const order = [...new Set(all.map(keyOf))];
  return (first, second) => order.indexOf(first.key) - order.indexOf(second.key);
}
