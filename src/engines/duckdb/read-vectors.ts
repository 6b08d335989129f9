/** Columns of an answer, as they lie in DuckDB's memory → cells. */

import type { Cell } from '../engine.ts';
import type { Bindings, Result, Vector } from './bindings.ts';

/** Cells of a column, one of the parts in which it comes. */
interface Stretch {
  readonly vector: Vector;
  readonly size: number;
}

/** Puts the cells of a stretch among all of a column, from a place on. */
type CellReader = (cells: Cell[], from: number, stretch: Stretch) => void;

/** A reader for each column of an answer. */
export function cellReaders(duckdb: Bindings, result: Result): CellReader[] {
  return Array.from({ length: duckdb.column_count(result) }, (_, index) => {
    const type = duckdb.column_type(result, index);
    if (type === TEXT) return textReader(duckdb);
    const view = VIEWS[type];
    if (view === undefined) throw new Error(`answers have no columns of DuckDB's type ${type}`);
    return numberReader(duckdb, view);
  });
}

/** DuckDB's number for VARCHAR. */
const TEXT = 17;

interface View {
  /** Of each cell. */
  readonly bytes: number;
  readonly of: (buffer: ArrayBufferLike, offset: number, size: number) => ArrayLike<Cell>;
}

/** By DuckDB's numbers for types: BOOLEAN, INTEGER, BIGINT, DOUBLE. */
const VIEWS: Readonly<Record<number, View>> = {
  1: { bytes: 1, of: (...at) => Array.from(new Uint8Array(...at), (byte) => byte !== 0) },
  4: { bytes: 4, of: (...at) => new Int32Array(...at) },
  5: { bytes: 8, of: (...at) => new BigInt64Array(...at) },
  11: { bytes: 8, of: (...at) => new Float64Array(...at) },
};

function numberReader(duckdb: Bindings, { bytes, of }: View): CellReader {
  return (cells, from, { vector, size }) => {
    const { buffer, byteOffset } = duckdb.vector_get_data(vector, size * bytes);
    const items = of(buffer, byteOffset, size);
    const there = presence(duckdb, vector, size);
    for (let row = 0; row < size; row++) cells[from + row] = isThere(there, row) ? items[row]! : null;
  };
}

/** A bit per cell tells whether it holds anything; null where all do. */
function presence(duckdb: Bindings, vector: Vector, size: number): Uint32Array | null {
  const bytes = duckdb.vector_get_validity(vector, Math.ceil(size / 64) * 8);
  return bytes && new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

const isThere = (there: Uint32Array | null, row: number): boolean =>
  there === null || ((there[row >>> 5]! >>> (row & 31)) & 1) === 1;

/** A text takes four words: its length, then its first bytes; where it is longer, the last two lead to it. */
const WORDS = 4;
const LONGEST_INSIDE = 12;

/** Short texts that are remembered, since most come again and again; a power of two. */
const REMEMBERED = 4096;

function textReader(duckdb: Bindings): CellReader {
  const decoder = new TextDecoder();
  const seen = new Uint32Array(REMEMBERED * WORDS);
  const texts = new Array<string>(REMEMBERED).fill('');
  /** Short texts stand in their four words whole, the rest of which is 0. */
  const shortText = (words: Uint32Array, at: number): string => {
    const [length, a, b, c] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
    const mixed = Math.imul(length ^ a ^ Math.imul(b, 31) ^ Math.imul(c, 961), 0x9e3779b1);
    const slot = (mixed >>> 16) & (REMEMBERED - 1);
    const own = slot * WORDS;
    if (seen[own] === length && seen[own + 1] === a && seen[own + 2] === b && seen[own + 3] === c)
      return texts[slot]!;
    const text = decoder.decode(new Uint8Array(words.buffer, words.byteOffset + at * 4 + 4, length));
    seen.set(words.subarray(at, at + WORDS), own);
    texts[slot] = text;
    return text;
  };
  const longText = (words: Uint32Array, at: number): string => {
    const pointer = words.byteOffset + (at + 2) * 4;
    return decoder.decode(duckdb.get_data_from_pointer(words.buffer, pointer, words[at]!));
  };
  return (cells, from, { vector, size }) => {
    const { buffer, byteOffset } = duckdb.vector_get_data(vector, size * WORDS * 4);
    const words = new Uint32Array(buffer, byteOffset, size * WORDS);
    const there = presence(duckdb, vector, size);
    for (let row = 0; row < size; row++) {
      const at = row * WORDS;
      const isShort = words[at]! <= LONGEST_INSIDE;
      cells[from + row] = !isThere(there, row) ? null : isShort ? shortText(words, at) : longText(words, at);
    }
  };
}
