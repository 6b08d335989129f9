/** What an engine is asked before anything is counted: what stands at the start of files, whether it knows a zone. */
import { at, error, type Parsed } from '../../problem.ts';
import { type Engine, quoted, refusalOf } from '../engine.ts';
import { cellText, pathLiteral, reader } from './file-tables.ts';

/** What stands in the header of a file that is no CSV, in order. Errors: `history_unreadable`. */
export async function headersOf(
  engine: Engine,
  kind: 'parquet' | 'json',
  { opened, path }: { readonly opened: string; readonly path: string },
): Promise<Parsed<TableStart>> {
  try {
    return { value: await tableStart(engine, kind, opened), problems: [] };
  } catch (fault) {
    const cause = refusalOf(fault);
    if (cause === null) throw fault;
    return { value: null, problems: [error('history_unreadable', at(path), { cause })] };
  }
}

async function tableStart(engine: Engine, kind: 'parquet' | 'json', path: string): Promise<TableStart> {
  const auto = kind === 'parquet' ? 'read_parquet' : 'read_json_auto';
  const described = await engine.rows(
    `SELECT column_name FROM (DESCRIBE SELECT * FROM ${auto}(${pathLiteral(path)}))`,
  );
  const headers = described.columns[0] as string[];
  const from = reader(kind, { paths: pathLiteral(path), headers });
  const { columns, count } = await engine.rows(
    `SELECT ${headers.map(cellText).join(', ')} FROM ${from} LIMIT 500`,
  );
  const rows = Array.from({ length: count }, (_, row) => columns.map((column) => String(column[row] ?? '')));
  return { headers, rows };
}

export interface TableStart {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Whether a zone has that name. */
export async function knowsTimezone(engine: Engine, zone: string): Promise<boolean> {
  if (zone === 'UTC') return true;
  const { count } = await engine.rows(`SELECT name FROM pg_timezone_names() WHERE name = ${quoted(zone)}`);
  return count > 0;
}
