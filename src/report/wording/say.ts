/** How a problem's message and remedy are written down, and the phrases several of them share. */
/** Arguments by name; a missing one reads as nothing. */
export type Words = (name: string) => string;

export interface Wording {
  readonly message: (words: Words) => string;
  /** What to do; empty where the message says it all. */
  readonly hint: (words: Words) => string;
}

export const say = (message: Wording['message'], hint: Wording['hint'] | string = ''): Wording => ({
  message,
  hint: typeof hint === 'string' ? () => hint : hint,
});

/** `key: ` where the fault is in a key of the plan file rather than in a cell. */
export const of = (words: Words): string => (words('key') ? `${words('key')}: ` : '');

export const didYouMean = (words: Words, otherwise: string): string =>
  words('nearest') ? `did you mean ${words('nearest')}?` : otherwise;

export const plural = (number: string, word: string): string =>
  `${number} ${word}${number === '1' ? '' : 's'}`;
