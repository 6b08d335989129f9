/** The files a result was made from, by the names the plan gives them: the same on every machine. */

export interface Input {
  /** As written in the plan file or typed on the command line. */
  readonly path: string;
  /** As it can be opened from here; what messages show. */
  readonly shown: string;
  readonly sha256: () => string;
}
