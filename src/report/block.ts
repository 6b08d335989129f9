/** Blocks: what a report says, before it is decided whether for a terminal, a file or a page. */

/**
 * `strong`: headings and totals; `dim`: what can be skipped; `warning`: begins with "!"; `good` and `bad`: a status.
 * Never the only sign of it.
 */
export type Tone = 'usual' | 'strong' | 'dim' | 'warning' | 'good' | 'bad';

/** A sentence or two; a text output wraps it. */
export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
  readonly tone: Tone;
  /** Whether a blank line (or a paragraph) sets it off from what comes before. */
  readonly apart: boolean;
}

export interface Column {
  /** Names the cells of the column in `Row.cells`; columns of the same key and head stand under each other. */
  readonly key: string;
  readonly head: string;
  readonly align: 'left' | 'right';
  /** Columns of different groups have a line between them. */
  readonly group: string;
}

/** One way to choose the columns of a table. */
export interface Choice {
  readonly columns: readonly Column[];
  /** What is not shown, in words; null where nothing is missed. */
  readonly leftOut: string | null;
  /** Labels are cut down to this many columns before these columns give way to the next choice. */
  readonly labelRoom: number;
}

export interface Row {
  /** The parts of the label, which stand under each other: `marketing`, `inbound`. */
  readonly label: readonly string[];
  /** The label where there is little room; null: the label is cut short. */
  readonly shortLabel: string | null;
  /** What follows the label and is never cut: `, from May`. */
  readonly hint: string;
  /** How far the row is set in. */
  readonly depth: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly tone: Tone;
  /** The tone of its last cell, where that is not the row's. */
  readonly lastTone: Tone | null;
}

/** Rows under a title; the first section of a table has the heads of the columns beside its title. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface Table {
  readonly kind: 'table';
  readonly sections: readonly Section[];
  /** From the widest to the narrowest. */
  readonly choices: readonly Choice[];
  /** Tables of the same name end at the same column, so that their numbers stand under each other. */
  readonly flush: string | null;
  /** Whether short labels stand in all rows or in none. */
  readonly alike?: boolean;
}

export type Block = Prose | Table;

export function prose(text: string, tone: Tone = 'usual', apart = false): Prose {
  return { kind: 'prose', text, tone, apart };
}

/** A row with the usual rest. */
export function row(label: readonly string[], cells: Row['cells'], more: Partial<Row> = {}): Row {
  return { label, cells, shortLabel: null, hint: '', depth: 0, tone: 'usual', lastTone: null, ...more };
}

/** The same block with every text changed in the same way: made safe, or put in other characters. */
export function mapTexts(block: Block, change: (text: string) => string): Block {
  if (block.kind === 'prose') return { ...block, text: change(block.text) };
  const changeChoice = (choice: Choice): Choice => ({
    ...choice,
    columns: choice.columns.map((column) => ({ ...column, head: change(column.head) })),
    leftOut: choice.leftOut === null ? null : change(choice.leftOut),
  });
  const changeRow = (of: Row): Row => ({
    ...of,
    label: of.label.map(change),
    shortLabel: of.shortLabel === null ? null : change(of.shortLabel),
    hint: change(of.hint),
    cells: Object.fromEntries(Object.entries(of.cells).map(([key, cell]) => [key, change(cell)])),
  });
  const sections = block.sections.map(({ title, rows }) => ({
    title: change(title),
    rows: rows.map(changeRow),
  }));
  return { ...block, sections, choices: block.choices.map(changeChoice) };
}

// Escape sequences of terminals: CSI … final byte, OSC … end, and two-byte ones.
const ESCAPES =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g;
const BLANKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// Controls, soft hyphens, marks that turn the direction of writing, and other characters nobody can see.
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Letters, digits, dashes, arrows and boxes that need no care: most texts, known at a fraction of the cost. */
const SAFE =
  /^[ -~\u00a0\u00b7\u00c0-\u024f\u2013\u2014\u2018-\u201e\u2026\u20ac\u2190-\u2193\u2212\u2500-\u25ff]*$/;

/** Text as a terminal can be shown it: nothing that moves the cursor, hides or turns around what follows. */
export function printable(text: string): string {
  if (SAFE.test(text)) return text;
  return text
    .replace(ESCAPES, '')
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC');
}
