import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/report/block.ts';
import { padded, shortened, widthOf, wrapped } from '../../src/report/text-width.ts';

describe('width', () => {
  it.each([
    ['lead → deal', 11],
    ['Zoë', 3],
    ['山田 太郎', 9],
    ['👩‍👩‍👧 Team', 7],
    ['', 0],
  ])('of %s is %d', (text, width) => expect(widthOf(text)).toBe(width));

  it('shortened text has a mark and no half letters', () => {
    expect(shortened('Featherstonehaugh', 10, '…')).toBe('Featherst…');
    expect(shortened('山田太郎', 6, '…')).toBe('山田…');
    expect(shortened('👩‍👩‍👧👩‍👩‍👧', 3, '…')).toBe('👩‍👩‍👧…');
    expect(shortened('Ana', 3, '…')).toBe('Ana');
    expect(padded('山田', 6)).toBe('山田  ');
  });

  it('shortened and wrapped text fits', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map(printable);
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 20 }), (of, width) => {
        expect(widthOf(shortened(of, width, '…'))).toBeLessThanOrEqual(width);
        for (const line of wrapped(of, { width, indent: '  ', mark: '…' }))
          expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 50 },
    );
  });
});

describe('printable text', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007name', 'name'],
    ['\u001b]8;;http://example.com\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u009b2Jgone', '2Jgone'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['back\u0008space\u007f', 'backspace'],
    ['turned \u202eround', 'turned round'],
    ['half \ud800 letter', 'half \ufffd letter'],
    ['e\u0301', 'é'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
  ])('%j is %j', (text, safe) => expect(printable(text)).toBe(safe));

  it('never holds a control character', () => {
    const unit = fc.integer({ min: 0, max: 0xa5 }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
