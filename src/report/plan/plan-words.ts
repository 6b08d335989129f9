/** Words of the plan's reports: stages in singular and plural, shortened for heads, and lists of names. */
import { count, GLUE } from '../format.ts';

/**
 * English plural of a stage name: lead → leads, inquiry → inquiries, pass → passes; what ends in s stays, and so does a
 * name with a capital (Prospecting, Closed Won): it is what the CRM calls it.
 */
export function plural(word: string): string {
  if (/^(?:more )?\p{Lu}\p{Ll}/u.test(word)) return word;
  if (/([sxz]s|x|z|ch|sh)$/i.test(word)) return `${word}es`;
  if (/s$/i.test(word)) return word;
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** `4,138 leads`, `1 lead`, `no leads`. */
export function counted(value: number, word: string): string {
  const number = Math.round(value) === 0 ? 'no' : count(value);
  return `${number}${GLUE}${Math.round(value) === 1 ? word : plural(word)}`;
}

/** `a lead`, `an opportunity`; of letters as they are spoken, `an MQL`. */
export function withArticle(word: string): string {
  const isSpelled = /^[A-Z]{2,4}$/.test(word);
  return `${(isSpelled ? /^[AEFHILMNORSX]/ : /^[aeiou]/i).test(word) ? 'an' : 'a'} ${word}`;
}

/** A stage as people see it: what closes is a deal. */
export function stageWord(stage: string): string {
  return stage === 'close' ? 'deal' : stage;
}

/** A stage at the head of a column: `conv.` for conversation, `opp.` for opportunity; six letters stay. */
export function shortStage(stage: string): string {
  const word = stageWord(stage);
  const letters = [...word];
  if (letters.length <= 6) return word;
  return `${letters
    .slice(0, 4)
    .join('')
    .replace(/[aeiou\s]+$/i, '')}.`;
}

/** `East`, `East and West`, `East, West and North`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Ties the words together, so that a line is not broken between them. */
export function tied(text: string): string {
  return text.replaceAll(' ', GLUE);
}
