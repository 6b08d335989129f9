/** YAML (or JSON) text → plain values, with the place of every key and value. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { at, error, type Parsed, type Problem, type Where } from '../problem.ts';

export interface YamlText {
  readonly value: unknown;
  /** Where a value stands; the nearest parent where the path goes on beyond what is written. */
  readonly whereOf: (path: readonly PropertyKey[]) => Where;
  /** Where a key of the map at that path stands. */
  readonly whereOfKey: (path: readonly PropertyKey[], key: string) => Where;
}

/** A plan file is a page or two; beyond this it is something else. */
const LONGEST = 5_000_000;

/** Aliases may multiply what is written at most this often. */
const MOST_ALIASES = 100;

type Place = (offset: number | undefined) => Where;

/**
 * Errors: `yaml_syntax` with line and column, `yaml_duplicate_key`, `yaml_too_long`, `yaml_aliases` where they
 * multiply beyond reason or lead in a circle.
 */
export function parseYaml(text: string, file: string, longest = LONGEST): Parsed<YamlText> {
  if (text.length > longest) return { value: null, problems: [error('yaml_too_long', at(file), {})] };
  const lines = new LineCounter();
  // Its own search for duplicate keys compares all pairs: minutes for a hostile file.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
  const document = parseDocument(text, options);
  const place: Place = (offset) => {
    if (offset === undefined) return at(file);
    const { line, col } = lines.linePos(offset);
    return at(file, line, col);
  };
  const wrong = document.errors.length > 0 ? syntaxProblems(document, place) : keyProblems(document, place);
  if (wrong.length > 0) return { value: null, problems: wrong };
  keepSigns(document);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (!isCircular(value)) return { value: { value, ...places(document, place) }, problems: [] };
  } catch (fault) {
    if (!(fault instanceof ReferenceError || fault instanceof RangeError)) throw fault;
  }
  return { value: null, problems: [error('yaml_aliases', at(file), {})] };
}

/** `+5000` stays a text: with its sign it is a change of what was there, which the number 5000 is not. */
function keepSigns(document: Document): void {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'number' && node.source?.startsWith('+')) node.value = node.source;
    },
  });
}

function syntaxProblems(document: Document, place: Place): Problem[] {
  const problems: Problem[] = [];
  for (const { code, message, pos } of document.errors) {
    // How deep the parser gets depends on the machine, so no line; and what follows is its consequence.
    if (message.includes('call stack'))
      return [error('yaml_syntax', place(undefined), { detail: 'too many levels' })];
    const detail =
      code === 'MULTIPLE_DOCS'
        ? 'there are two plans in it, with --- between them'
        : message.split('\n')[0]!.replace(/:$/, '');
    problems.push(error('yaml_syntax', place(pos[0]), { detail }));
  }
  return problems;
}

/** Keys that stand twice in their map, and aliases of what has no such name above them. */
function keyProblems(document: Document, place: Place): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  const name = (node: Node) => {
    if ('anchor' in node && node.anchor) anchors.add(String(node.anchor));
  };
  visit(document, {
    Scalar: (_, node) => name(node),
    Seq: (_, node) => name(node),
    Map: (_, node) => {
      name(node);
      const seen = new Set<string>();
      for (const { key } of node.items) {
        if (!isScalar(key)) continue;
        if (key.value === '__proto__') {
          const detail = '__proto__ cannot be a name';
          problems.push(error('yaml_syntax', place(key.range?.[0]), { detail }));
        }
        if (seen.has(String(key.value))) problems.push(error('yaml_duplicate_key', place(key.range?.[0])));
        seen.add(String(key.value));
      }
    },
    Alias: (_, node) => {
      if (anchors.has(node.source)) return;
      const detail = `*${node.source} stands for nothing: no &${node.source} above it`;
      problems.push(error('yaml_syntax', place(node.range?.[0]), { detail }));
    },
  });
  return problems;
}

/** Whether a value holds itself, as an alias of what it stands in does. */
function isCircular(value: unknown, above = new Set<unknown>(), sound = new Set<unknown>()): boolean {
  if (value === null || typeof value !== 'object' || sound.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  for (const part of Object.values(value)) if (isCircular(part, above, sound)) return true;
  above.delete(value);
  sound.add(value);
  return false;
}

type Placed = Pick<YamlText, 'whereOf' | 'whereOfKey'>;

/** The pairs of maps by key, each map indexed when first asked for. */
function places(document: Document, place: Place): Placed {
  const indexes = new WeakMap<YAMLMap, Map<string, { key: unknown; value: unknown }>>();
  const pairOf = (map: YAMLMap, key: PropertyKey) => {
    let index = indexes.get(map);
    if (!index) {
      index = new Map(
        map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : String(pair.key), pair]),
      );
      indexes.set(map, index);
    }
    return index.get(String(key));
  };
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const nodeAt = (path: readonly PropertyKey[]): unknown => {
    let node: unknown = resolved(document.contents);
    for (const key of path) {
      const inner = resolved(
        isMap(node) ? pairOf(node, key)?.value : isSeq(node) ? node.items[Number(key)] : null,
      );
      if (!inner) break;
      node = inner;
    }
    return node;
  };
  const offsetOf = (node: unknown) =>
    (node as { range?: [number, number, number] | null } | null)?.range?.[0];
  return {
    whereOf: (path) => place(offsetOf(nodeAt(path))),
    whereOfKey: (path, key) => {
      const node = nodeAt(path);
      const pair = isMap(node) ? pairOf(node, key) : undefined;
      return place(offsetOf(pair?.key) ?? offsetOf(node));
    },
  };
}
