/** How headers are compared: the keys by which each of our columns may be called. */
import { STAGE_SYNONYMS, SYNONYMS } from './synonyms.ts';

/**
 * A header or synonym as it is compared: lower case, no accents, no spaces or punctuation, words singular, arrows
 * as `to`, `#` as `number`. `Sales Reps`, `sales_rep` and `SALES-REP` are all `salerep`.
 */
export function matchKey(text: string): string {
  const spaced = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  if (/^[a-z0-9 _]*$/.test(spaced)) return joined(spaced.split(/[ _]+/));
  const plain = spaced
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/->|=>|\u2192|\u21d2|>/g, ' to ')
    .replace(/#/g, ' number ');
  return joined(plain.split(/[^\p{L}\p{N}]+/u));
}

function joined(words: readonly string[]): string {
  return words.map(singular).join('');
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 2 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** The keys by which a column may be called: its own names, and what else people call it. */
export interface ColumnKeys {
  readonly own: readonly string[];
  /** Made when asked for: most headers go by our own names. */
  readonly others: () => readonly string[];
}

/** The keys of one of our columns, a stage, or a rate column `<stage>_to_<stage>`. */
export function keysOf(column: string, stages: readonly string[]): ColumnKeys {
  const rate = ratePair(column, stages);
  if (rate) {
    const [from, to] = rate;
    return { own: rateKeys(keys([from]), keys([to])), others: () => otherRateKeys(rate, stages) };
  }
  const own = keys([column]);
  if (!stages.includes(column)) return { own, others: () => keys(wordsIn(SYNONYMS, column)) };
  const names = () => keys([column, ...wordsIn(STAGE_SYNONYMS, matchKey(column))]);
  return { own, others: () => names().flatMap(countKeys) };
}

function otherRateKeys([from, to]: readonly [string, string], stages: readonly string[]): string[] {
  const taken = new Set(stages.map(matchKey));
  return rateKeys(namesOf(from, taken), namesOf(to, taken));
}

/** Each word as it is, and written in one (`salesrep`). Keys of words that follow each other are their keys joined. */
function keys(words: readonly string[]): string[] {
  return words.flatMap((word) =>
    word.includes(' ') ? [matchKey(word), matchKey(word.replaceAll(' ', ''))] : [matchKey(word)],
  );
}

function wordsIn(table: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] {
  return Object.hasOwn(table, key) ? table[key]! : [];
}

/** The two stages of a column `<stage>_to_<stage>`, or null. */
function ratePair(column: string, stages: readonly string[]): readonly [string, string] | null {
  for (const from of stages) {
    const to = stages.find((stage) => column === `${from}_to_${stage}`);
    if (to !== undefined) return [from, to];
  }
  return null;
}

/** `lead to conversation`, `lead to conversation rate`, `lead → conversation %`. */
function rateKeys(froms: readonly string[], tos: readonly string[]): string[] {
  const endings = ['', 'rate', 'conversion', 'conversionrate', 'percent', 'share'];
  return froms.flatMap((from) => tos.flatMap((to) => endings.map((ending) => `${from}to${to}${ending}`)));
}

/** The keys of a stage: its own, then what it is also called, except where that is another stage. */
export function stageKeys(stage: string, stages: readonly string[]): string[] {
  return namesOf(stage, new Set(stages.map(matchKey)));
}

/** A stage and what it is also called, except where that is another stage. */
function namesOf(stage: string, taken: ReadonlySet<string>): string[] {
  return keys([stage, ...wordsIn(STAGE_SYNONYMS, matchKey(stage))]).filter(
    (name, index) => index === 0 || !taken.has(name),
  );
}

/** `Leads`, `# of leads`, `number of leads`, `lead count`, `leads reached`. */
function countKeys(name: string): string[] {
  const before = ['', 'numberof', 'number', 'noof', 'countof', 'total', 'reached'];
  const after = ['count', 'number', 'reached', 'created'];
  return [...before.map((words) => words + name), ...after.map((words) => name + words)];
}
