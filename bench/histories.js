// What the README says of `leadgoal rates`: against DuckDB's own counting of the same file, and how it grows.
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, BARE, peakGigabytes, program, RUNS, say } from './measure.js';

const here = dirname(fileURLToPath(import.meta.url));

/** A run of ten million records takes seconds: so many are enough. */
const MOST_RUNS = 3;

/** Bytes that files of ten million and of one million records and what is written beside them take at most. */
const ROOM = 3e9;

/** Measures in that folder; says so in a line where it cannot. */
export function measureHistories(folder) {
  const missing = whatIsMissing(folder);
  if (missing !== null) {
    console.log(`rates of a CRM history: not measured, ${missing}`);
    return;
  }
  const small = made(folder, { records: 100_000, reps: 50, repsPerTeam: 10 });
  const [bare, ofSmall] = alternate([BARE, [program, 'rates', small, '--as-of', '2026-12-31']], RUNS);
  say('rates of 100,000 records ÷ bare node', ofSmall / bare, 8);

  const company = { reps: 500, repsPerTeam: 25 };
  const [tiny, million, huge] = [1_000, 1_000_000, 10_000_000].map((records) =>
    made(folder, { records, ...company }),
  );
  const rates = (file) => [
    program,
    'rates',
    file,
    '--as-of',
    '2026-12-31',
    '-o',
    join(folder, 'rates.json'),
    '--quiet',
  ];
  // Making the files has brought them into memory: nothing has to be run before.
  const [counting, ofHuge, ofMillion, start] = alternate(
    [[join(here, 'bare-history.js'), huge], rates(huge), rates(million), rates(tiny)],
    Math.min(RUNS, MOST_RUNS),
    0,
  );
  say('rates of 10 million records to JSON ÷ bare GROUP BY rep, month in DuckDB', ofHuge / counting, 2);
  say('peak memory of that, GB', peakGigabytes(rates(huge)), 1.5);
  // At most in proportion, which is 1; medians of three runs differ by up to a tenth.
  const growth = (ofHuge - start) / 10 / (ofMillion - start);
  say('time per record, 10 million ÷ 1 million records (start-up left out)', growth, 1.1);
}

function made(folder, { records, reps, repsPerTeam }) {
  const file = join(folder, `history-${records}.csv`);
  execFileSync(
    process.execPath,
    [join(here, 'make-history.js'), file, records, reps, repsPerTeam].map(String),
  );
  return file;
}

/** Null where nothing is. */
function whatIsMissing(folder) {
  try {
    createRequire(import.meta.url).resolve('@duckdb/node-api');
  } catch {
    return '@duckdb/node-api is not installed';
  }
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < ROOM ? `less than ${ROOM / 1e9} GB are free in ${folder}` : null;
}
