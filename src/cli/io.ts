/** What a command may touch of the world: handed in, so that tests run commands in process. */

export interface Io {
  /** Writes a result; false once nobody reads any more. */
  readonly out: (text: string) => boolean;
  /** Writes everything else: notes, warnings, errors. */
  readonly err: (text: string) => boolean;
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Today's date, `2027-01-31`; asked only where the user says `today`. */
  readonly today: () => string;
}

/** Exit codes of the contract. */
export const EXIT = { done: 0, checkFailed: 1, notDone: 2, ourFault: 70 } as const;
