/** YAML (or JSON) text → plain values, with the place of every key and value. */
import { type Document, isAlias, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
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

/** Errors: `yaml_syntax` with line and column, `yaml_too_long`, `yaml_aliases`, `yaml_several_documents`. */
export function parseYaml(text: string, file: string): Parsed<YamlText> {
  if (text.length > LONGEST) return { value: null, problems: [error('yaml_too_long', at(file), {})] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number | undefined): Where => {
    if (offset === undefined) return at(file);
    const { line, col } = lines.linePos(offset);
    return at(file, line, col);
  };
  const problems: Problem[] = document.errors.map((fault) =>
    error(fault.code === 'DUPLICATE_KEY' ? 'yaml_duplicate_key' : 'yaml_syntax', place(fault.pos[0]), {
      detail: fault.message.split('\n')[0]!.replace(/:$/, ''),
    }),
  );
  if (problems.length > 0) return { value: null, problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value: { value, ...places(document, place) }, problems: [] };
  } catch {
    return { value: null, problems: [error('yaml_aliases', at(file), {})] };
  }
}

type Placed = Pick<YamlText, 'whereOf' | 'whereOfKey'>;

function places(document: Document, place: (offset: number | undefined) => Where): Placed {
  const nodeAt = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const found = isAlias(node) ? node.resolve(document) : node;
      if (found && typeof found === 'object' && 'range' in found) return found;
    }
    return null;
  };
  const offsetOf = (node: unknown) =>
    (node as { range?: [number, number, number] | null } | null)?.range?.[0];
  return {
    whereOf: (path) => place(offsetOf(nodeAt(path))),
    whereOfKey: (path, key) => {
      const node = nodeAt(path);
      const pair = isMap(node)
        ? node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      return place(offsetOf(pair?.key) ?? offsetOf(node));
    },
  };
}
