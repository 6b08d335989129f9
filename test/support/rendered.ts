/** What must hold of every text report, whatever it reports. */
import { expect } from 'vitest';
import type { Block } from '../../src/report/block.ts';
import { renderBlocks } from '../../src/report/table.ts';
import { widthOf } from '../../src/report/text-width.ts';

export const WIDTHS = [60, 80, 100, 200] as const;

const COLOURS = /\u001b\[\d+m/g;

export function rendered(blocks: readonly Block[], of: { width: number; ascii?: boolean; colour?: boolean }) {
  const { width, ascii = false, colour = false } = of;
  return renderBlocks(blocks, { width, ascii, colour, line: ascii ? '|' : '│' });
}

/** The names in the blocks are taken to be plain ASCII themselves. */
export function expectSound(blocks: readonly Block[]): void {
  for (const width of WIDTHS) {
    const plain = rendered(blocks, { width });
    expect(plain.endsWith('\n')).toBe(true);
    expect(plain).not.toMatch(/[^\S\n]\n|\u001b|\u00a0|undefined|NaN|Infinity|\[object/);
    expect(plain).not.toMatch(/\n\n\n/);
    for (const line of plain.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    const coloured = rendered(blocks, { width, colour: true });
    expect(coloured.replace(COLOURS, '')).toBe(plain);
    const ascii = rendered(blocks, { width, ascii: true });
    expect(ascii).toMatch(/^[\n -~]*$/);
    expect(ascii).not.toMatch(/ \n/);
    for (const line of ascii.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
  }
}
