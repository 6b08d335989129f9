/** Values as YAML 1.2 on one line: like JSON, without quotes where a text cannot be taken for anything else. */

/** Words with single spaces, dots, slashes or dashes between them. */
const PLAIN = /^\p{L}[\p{L}\p{N}_]*(?:[ ./-][\p{L}\p{N}_]+)*$/u;

/** What some reader takes for a truth value or for nothing. */
const TAKEN = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** Characters that JSON leaves as they are and YAML does not allow, or that readers may drop. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

export function flowText(value: unknown): string {
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, entry]) => `${textOf(key)}: ${flowText(entry)}`).join(', ')} }`;
}

function textOf(text: string): string {
  if (PLAIN.test(text) && !TAKEN.test(text)) return text;
  return JSON.stringify(text).replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
