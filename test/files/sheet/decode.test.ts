import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/files/sheet/decode.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean) =>
  Uint8Array.from(
    [...text].flatMap((letter) => {
      const code = letter.charCodeAt(0);
      return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
const codes = (bytes: Uint8Array) =>
  decodeText(bytes, 'a.csv').problems.map(({ code, where }) => [code, where.line]);

describe('decodeText', () => {
  it('tells encodings by their mark, by their zeros, by their validity', () => {
    const table: [Uint8Array, string, string][] = [
      [ascii('a,é'), 'utf-8', 'a,é'],
      [ascii('\ufeffa,é'), 'utf-8', 'a,é'],
      [Uint8Array.of(0x61, 0x2c, 0xe9), 'windows-1252', 'a,é'],
      [Uint8Array.of(0x80, 0x35, 0x92, 0x9f), 'windows-1252', '€5’Ÿ'],
      [utf16('\ufeffa,é', true), 'utf-16le', 'a,é'],
      [utf16('\ufeffa,é', false), 'utf-16be', 'a,é'],
      [utf16('rep,é\n', true), 'utf-16le', 'rep,é\n'],
      [utf16('rep,é\n', false), 'utf-16be', 'rep,é\n'],
      [ascii(''), 'utf-8', ''],
    ];
    for (const [bytes, encoding, text] of table) {
      expect(decodeText(bytes, null)).toEqual({ value: { encoding, text }, problems: [] });
    }
  });

  it('makes every newline LF', () => {
    expect(decodeText(ascii('a\r\nb\rc\nd\r\r\n'), null).value?.text).toBe('a\nb\nc\nd\n\n');
  });

  it('says what a file is that is no text', () => {
    expect(codes(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0))).toEqual([['file_is_workbook', null]]);
    expect(codes(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual([['file_is_workbook', null]]);
    expect(codes(ascii(' <html><table><tr><td>Rep'))).toEqual([['file_is_html', null]]);
    expect(codes(ascii('<?xml version="1.0"?><Workbook>'))).toEqual([['file_is_html', null]]);
    expect(codes(ascii('%PDF-1.7 …'))).toEqual([['file_is_binary', null]]);
    expect(codes(Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256))).toEqual([
      ['file_is_binary', null],
    ]);
    expect(codes(ascii(`team,quota\r\nWest,1\n${'East,2\n'.repeat(20)}Mid\0,3\n`))).toEqual([
      ['file_has_nul', 23],
    ]);
  });
});
