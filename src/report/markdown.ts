/** Blocks as GitHub Markdown: sentences as paragraphs, sections as tables with all their columns. */
import type { Plan } from '../plan/plan.ts';
import type { Block, Column, Prose, Row, Section, Table } from './block.ts';
import { GLUE } from './format.ts';
import type { Asked } from './plan/plan-scope.ts';
import { planView } from './plan/plan-view.ts';

export function renderPlanMarkdown(plan: Plan, selection: Asked): string {
  return renderMarkdown(planView(plan, selection));
}

export function renderMarkdown(blocks: readonly Block[]): string {
  const paragraphs = blocks.flatMap((block) =>
    block.kind === 'prose' ? [paragraph(block)] : tableParagraphs(block),
  );
  return `${paragraphs.join('\n\n')}\n`;
}

/** Characters that mean something in Markdown or HTML stand for themselves. */
function escaped(text: string): string {
  return text
    .replaceAll(GLUE, ' ')
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_[\]<>|~$]/g, (character) => `\\${character}`);
}

function paragraph({ text, tone }: Prose): string {
  if (tone === 'strong') return bold(text);
  if (tone === 'warning') return `${bold('!')} ${escaped(text.replace(/^! /, ''))}`;
  // What starts like a heading, a list or a number would become one.
  return escaped(text)
    .trimStart()
    .replace(/^([-+=#])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

function bold(text: string): string {
  return `**${escaped(text)}**`;
}

function tableParagraphs({ sections, choices }: Table): string[] {
  const { columns } = choices[0]!;
  return sections.flatMap((section) => [`### ${escaped(section.title)}`, sectionTable(section, columns)]);
}

/** A column per part of the label, then those of the table; a total's single part stands in the first. */
function sectionTable({ rows }: Section, columns: readonly Column[]): string {
  const parts = Math.max(1, ...rows.map(({ label }) => label.length));
  const shown = columns.filter(({ key, head }) => head !== '' || rows.some(({ cells }) => cells[key]));
  const heads = [...new Array<string>(parts).fill(''), ...shown.map(({ head }) => escaped(head))];
  const rules = [
    ...new Array<string>(parts).fill(':--'),
    ...shown.map(({ align }) => (align === 'left' ? ':--' : '--:')),
  ];
  const body = rows.map((row) => [
    ...labelCells(row, parts),
    ...shown.map(({ key }) => written(row.cells[key] ?? '', row)),
  ]);
  return [heads, rules, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function labelCells(row: Row, parts: number): string[] {
  const { label, hint, depth } = row;
  const cells = label.map((part, index) => written(index === label.length - 1 ? part + hint : part, row));
  cells[0] = '&emsp;'.repeat(depth) + cells[0];
  return [...cells, ...new Array<string>(parts - cells.length).fill('')];
}

function written(text: string, { tone }: Row): string {
  return tone === 'strong' && text !== '' ? bold(text) : escaped(text);
}
