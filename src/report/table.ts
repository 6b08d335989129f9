/** Blocks as text of a given width: what a terminal shows, with or without colour and box characters. */
import { Chalk } from 'chalk';
import type { Plan } from '../plan/plan.ts';
import { type Block, mapTexts, type Prose, type Table, type Tone } from './block.ts';
import { type FittedColumn, type FittedTable, fitTables, GAP, labelsOf } from './fit.ts';
import { GLUE } from './format.ts';
import type { Asked } from './plan/plan-scope.ts';
import { planView } from './plan/plan-view.ts';
import { layOut, shortened, widthOf, wrapped } from './text-width.ts';

export interface TextOptions {
  readonly width: number;
  readonly ascii: boolean;
  readonly colour: boolean;
}

/** The plan for a terminal. */
export function renderPlanTable(plan: Plan, selection: Asked, options: TextOptions): string {
  return renderBlocks(planView(plan, selection), { ...options, line: options.ascii ? '|' : '│' });
}

export interface BlockOptions extends TextOptions {
  /** What stands between groups of columns; a space for none. */
  readonly line: string;
}

/** Text of all blocks: no line longer than the width, none with a space at its end. */
export function renderBlocks(blocks: readonly Block[], options: BlockOptions): string {
  const changed = options.ascii ? blocks.map((block) => mapTexts(block, toAscii)) : blocks;
  const fitted = fitTables(
    changed.filter((block) => block.kind === 'table'),
    options.width,
  );
  const byTable = new Map(fitted.map((of) => [of.table, of]));
  const lines: TonedLine[] = [];
  for (const block of changed) {
    const apart = block.kind === 'table' || block.apart;
    if (apart && lines.length > 0) lines.push({ text: '', tone: 'usual' });
    lines.push(
      ...(block.kind === 'prose'
        ? proseLines(block, options)
        : tableLines(byTable.get(block as Table)!, options)),
    );
  }
  return lines.map(painter(options.colour)).join('');
}

interface TonedLine {
  readonly text: string;
  readonly tone: Tone;
  /** The end of the line in a tone of its own. */
  readonly ending?: { readonly text: string; readonly tone: Tone } | null;
}

/** The mark in place of what is cut. */
const markOf = ({ ascii }: TextOptions): string => (ascii ? '...' : '…');

/** Our own signs for consoles that have only plain characters; a name keeps its letters. */
export function toAscii(text: string): string {
  return text
    .replaceAll(' · ', ', ')
    .replaceAll('→', '->')
    .replaceAll('÷', '/')
    .replace(/[\u2013\u2212]/g, '-')
    .replaceAll('…', '...')
    .replaceAll('×', 'x')
    .replaceAll('█', '#')
    .replaceAll('▓', '+')
    .replaceAll('▒', ':')
    .replaceAll('░', '.')
    .replaceAll('€', 'EUR ')
    .replaceAll('£', 'GBP ')
    .replaceAll('¥', 'JPY ');
}

function painter(colour: boolean): (line: TonedLine) => string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const paint: Record<Tone, (text: string) => string> = {
    usual: (text) => text,
    strong: chalk.bold,
    dim: chalk.dim,
    warning: chalk.yellow,
    good: chalk.green,
    bad: chalk.red,
  };
  return ({ text, tone, ending = null }) => {
    const plain = text.replaceAll(GLUE, ' ').trimEnd();
    if (plain === '') return '\n';
    if (ending === null || !plain.endsWith(ending.text)) return `${paint[tone](plain)}\n`;
    const start = plain.slice(0, plain.length - ending.text.length);
    return `${paint[tone](start)}${paint[ending.tone](ending.text)}\n`;
  };
}

function proseLines({ text, tone }: Prose, options: TextOptions): TonedLine[] {
  const lines = wrapped(text, { width: options.width, indent: '  ', mark: markOf(options) });
  return lines.map((line) => ({ text: line, tone }));
}

function tableLines(fitted: FittedTable, options: BlockOptions): TonedLine[] {
  const { table, columns, labelWidth } = fitted;
  const mark = markOf(options);
  const labels = labelsOf(fitted, mark);
  const lines: TonedLine[] = [];
  for (const [index, { title, rows }] of table.sections.entries()) {
    const heads = Object.fromEntries(columns.map(({ key, head }) => [key, head]));
    const beside = index === 0 && widthOf(title) <= labelWidth;
    if (!beside) lines.push({ text: shortened(title, options.width, mark), tone: 'strong' });
    const shown = [
      ...(index === 0
        ? [{ label: beside ? title : '', cells: heads, tone: 'strong' as const, lastTone: null }]
        : []),
      ...rows.map(({ cells, tone, lastTone }, at) => ({
        label: labels.get(rows[at]!)!,
        cells,
        tone,
        lastTone,
      })),
    ];
    const texts = layOut(
      shown.map(({ label, cells }) => [
        label,
        ...columns.flatMap((column) => cellsFor(column, cells, options.line)),
      ]),
      [{ width: labelWidth, align: 'left' }, ...columns.flatMap(columnsFor)],
    );
    const last = columns.at(-1)?.key ?? '';
    for (const [line, text] of texts.entries()) {
      const { tone, lastTone, cells } = shown[line]!;
      const ending = lastTone === null ? null : { text: cells[last] ?? '', tone: lastTone };
      lines.push({ text, tone, ending });
    }
  }
  if (fitted.leftOut !== null)
    lines.push(...proseLines({ ...NOTE, text: leftOutNote(fitted, options.width) }, options));
  return lines;
}

const NOTE: Omit<Prose, 'text'> = { kind: 'prose', tone: 'dim', apart: false };

function leftOutNote({ leftOut, needs }: FittedTable, width: number): string {
  return `${leftOut} left out: ${width} columns are too few; --width ${needs} shows them`;
}

/** A column with a line before it is two for cli-table3: the line, and the cells. */
function columnsFor({ width, lined, align }: FittedColumn): { width: number; align: 'left' | 'right' }[] {
  const cells = { width: width + (lined ? 1 : GAP), align };
  return lined ? [{ width: GAP, align: 'right' as const }, cells] : [cells];
}

function cellsFor(column: FittedColumn, cells: Readonly<Record<string, string>>, line: string): string[] {
  const cell = cells[column.key] ?? '';
  const text = column.align === 'left' && cell !== '' ? `${' '.repeat(column.lined ? 1 : GAP)}${cell}` : cell;
  return column.lined ? [line, text] : [text];
}
