import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/files/sheet/decode.ts';
import { DELIMITERS, parseRecords } from '../../../src/files/sheet/records.ts';

const rows = (text: string) =>
  parseRecords(text, 'a.csv').value!.rows.map(({ line, cells }) => [line, ...cells]);
const problems = (text: string) =>
  parseRecords(text, 'a.csv').problems.map(({ code, where }) => [code, where.line]);
const delimiter = (text: string) => parseRecords(text, null).value!.delimiter;

describe('lines', () => {
  it('counts blank records, without and with quotes in the text', () => {
    for (const cell of ['x', '"x"']) {
      const text = `Quotas\n\na,b\n,,\n${cell},1\n\n\ny,2`;
      expect(rows(text)).toEqual([
        [1, 'Quotas'],
        [3, 'a', 'b'],
        [5, 'x', '1'],
        [8, 'y', '2'],
      ]);
      expect(parseRecords(text, null).value).toMatchObject({ blank: 4, afterBlank: new Set([3, 5, 8]) });
    }
  });

  it('counts newlines inside cells, also leading and trailing ones', () => {
    expect(rows('a,b\n"one\n\ntwo",1\n"\n",\n"\nx\n",2\ny,3\n')).toEqual([
      [1, 'a', 'b'],
      [2, 'one\n\ntwo', '1'],
      [7, 'x', '2'],
      [10, 'y', '3'],
    ]);
  });

  it('honours and skips sep=', () => {
    expect(rows('sep=;\na,b;c\n1;2\n')).toEqual([
      [2, 'a,b', 'c'],
      [3, '1', '2'],
    ]);
    expect(problems('sep=;\na;b\n"c;d\n')).toEqual([['quote_not_closed', 3]]);
  });

  it('trims cells, no-break spaces too', () => {
    expect(rows('a , b\u00a0,"  c "\n "d" ,e,\tf\n')).toEqual([
      [1, 'a', 'b', 'c'],
      [2, 'd', 'e', 'f'],
    ]);
  });
});

describe('delimiter', () => {
  it('is the one that splits records alike', () => {
    expect(delimiter('team;rep;quota\nWest;Ana;1,5\nWest;Bo;2,5\n')).toBe(';');
    expect(delimiter('lead_to_conversation;opportunity\n0,25;0,5\n0,3;0,1\n0,3;0,1\n')).toBe(';');
    expect(delimiter('team,note\nWest,a;b\nEast,c;d\nMid,e|f\n')).toBe(',');
    expect(delimiter('team\trep\nWest, North\tAna\nEast, South\tBo\n')).toBe('\t');
    expect(delimiter('a|b\n1|2\n')).toBe('|');
    expect(delimiter('"a;b","c;d"\n"e;f","g;h"\n')).toBe(',');
    expect(delimiter('Quotas 2027; all teams\n\nteam,quota\nWest,1\nEast,2\n')).toBe(',');
    expect(delimiter('rep\nAna\n')).toBe(',');
  });
});

describe('faults', () => {
  it('have the line in which the quoted cell starts', () => {
    expect(problems('a,b\n1,2\n3,"open\n4,5\n')).toEqual([['quote_not_closed', 3]]);
    expect(problems('a,b\n1,"open\n2,"closed"\n')).toEqual([['quote_misplaced', 2]]);
    expect(problems('a,b\n"x" y,2\n')).toEqual([['quote_misplaced', 2]]);
    expect(problems('')).toEqual([['no_rows', null]]);
    expect(problems('\n ,\n,,\n')).toEqual([['no_rows', null]]);
  });

  it('are none where a quote stands inside a cell that does not start with one', () => {
    expect(rows('a,b\n"x\ny",1\n\n5" pipe, "q ""r""" \n["c"],')).toEqual([
      [1, 'a', 'b'],
      [2, 'x\ny', '1'],
      [5, '5" pipe', 'q "r"'],
      [6, '["c"]', ''],
    ]);
    expect(problems('a,b\n5" pipe,2\n"x,3\n')).toEqual([['quote_not_closed', 3]]);
  });

  it('never throw, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: fc.constantFrom(...'"\n\r,;\ta \0é') }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        const decoded = decodeText(input, null);
        const parsed = decoded.value ? parseRecords(decoded.value.text, null) : decoded;
        expect(parsed.problems).toHaveLength(parsed.value === null ? 1 : 0);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('the loose reading', () => {
  it('agrees with csv-parse where that can read', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', '""', ',', '\n', 'a', ' ', '",', ',"'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (input) => {
        let expected: string[][];
        try {
          expected = parse(input, { record_delimiter: '\n', relax_column_count: true });
        } catch {
          return;
        }
        const kept = expected.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some(Boolean));
        // A stray quote in front makes csv-parse refuse the text, and leaves the rest to be read loosely.
        const loose = parseRecords(`5"\n${input}`, null, { delimiter: ',' }).value!.rows.slice(1);
        expect(loose.map((row) => row.cells)).toEqual(kept);
      }),
      { seed: 4, numRuns: 3000 },
    );
  });
});

describe('round trip', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab1 ,;|\t"\n\'é€') });
  const sheet = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );

  for (const sign of DELIMITERS) {
    it(`reads back what was written with ${JSON.stringify(sign)}`, () => {
      const written = (text: string) =>
        /["\n]/.test(text) || text.includes(sign) ? `"${text.replaceAll('"', '""')}"` : text;
      fc.assert(
        fc.property(sheet, (cells) => {
          const text = cells.map((row) => `${row.map(written).join(sign)}\n`).join('');
          const read = parseRecords(text, null, { delimiter: sign });
          const expected = cells
            .map((row) => row.map((value) => value.trim()))
            .filter((row) => row.some((value) => value !== ''));
          expect(read.value?.rows.map((row) => row.cells) ?? []).toEqual(expected);
          let line = 1;
          const lines = cells.flatMap((row) => {
            const start = line;
            line += 1 + row.join('').split('\n').length - 1;
            return row.some((value) => value.trim() !== '') ? [start] : [];
          });
          expect(read.value?.rows.map((row) => row.line) ?? []).toEqual(lines);
        }),
        { seed: 2, numRuns: 500 },
      );
    });
  }
});
