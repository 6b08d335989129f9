// What the README's speed claims are measured with: medians of alternating runs, as ratios. `npm run bench`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCompany, writePipeline } from './company.js';
import { measureHistories } from './histories.js';
import { alternate, BARE, peakGigabytes, program, RUNS, say, timed } from './measure.js';

const here = dirname(fileURLToPath(import.meta.url));
const example = join(here, '..', 'fixtures', 'northwind', 'leadgoal.yaml');
const bareScript = join(here, 'bare.js');
const bareCoverage = join(here, 'bare-coverage.js');

const folder = mkdtempSync(join(tmpdir(), 'leadgoal-bench-'));
try {
  console.log(`medians of ${RUNS} alternating runs, Node ${process.version}\n`);
  const [bare, version, plan] = alternate(
    [BARE, [program, '--version'], [program, 'plan', example]],
    Math.max(RUNS, 15),
  );
  say('leadgoal --version ÷ bare node', version / bare, 1.4);
  say('leadgoal plan on the example ÷ bare node', plan / bare, 2.3);

  const sizes = [1_000, 10_000, 50_000];
  const companies = sizes.map((reps) => writeCompany(join(folder, String(reps)), reps));
  const big = companies[1];
  const json = (company) => [
    program,
    'plan',
    company.plan,
    '-o',
    join(company.folder, 'goals.json'),
    '--quiet',
  ];
  const rows = countRows(json(big), join(big.folder, 'goals.json'));
  const bareArgs = [bareScript, big.quotas, big.rates, String(rows), join(big.folder, 'bare.json')];
  const [bareTime, planTime] = alternate([bareArgs, json(big)], RUNS);
  say(
    `plan of 10,000 reps × 12 months to JSON ÷ bare read and write (${rows} rows)`,
    planTime / bareTime,
    2.0,
  );
  say('peak memory of that plan, GB', peakGigabytes(json(big)), 1.0);

  const [thousand] = companies;
  const inputs = ['sensitivity', thousand.plan, '-o', join(thousand.folder, 'bars.json'), '--quiet'];
  const replans = replansIn([program, ...inputs], join(thousand.folder, 'bars.json'));
  const [onePlan, allEnds] = alternate([json(thousand), [program, ...inputs]], RUNS);
  say(`sensitivity of 1,000 reps (${replans} plans) ÷ plan of the same`, allEnds / onePlan, 1.5 * replans);

  const records = writePipeline(join(folder, 'pipeline'), 1_000, 50);
  for (const deals of [false, true]) {
    const output = join(folder, 'coverage.json');
    const asked = ['coverage', records.plan, '-o', output, '--quiet', ...(deals ? ['--deals'] : [])];
    const rowsIn = countRows([program, ...asked], output);
    const listed = deals ? 50_000 : 0;
    const files = [records.quotas, records.rates, records.pipeline];
    const bareOutput = join(folder, 'bare.json');
    const yardstick = [bareCoverage, ...files, String(rowsIn - listed), String(listed), bareOutput];
    const [bareRead, coverage] = alternate([yardstick, [program, ...asked]], RUNS);
    const what = `coverage of 1,000 reps, 50,000 open records${deals ? ', with --deals' : ''} ÷ bare read and write`;
    say(what, coverage / bareRead, deals ? undefined : 2.5);
  }

  const [small, middle, large] = alternate(companies.map(json), RUNS);
  const each = (time, index) => (time - plan) / sizes[index];
  say('time per rep, 10,000 reps ÷ 1,000 reps (start-up left out)', each(middle, 1) / each(small, 0), 1.3);
  say('time per rep, 50,000 reps ÷ 10,000 reps (start-up left out)', each(large, 2) / each(middle, 1), 1.3);

  measureHistories(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Rows of goals, totals and assumptions in a result. */
function countRows(args, path) {
  timed(args);
  return Number(execFileSync('grep', ['-cE', '^    \\{', path]).toString());
}

/** Plans that were made for the bars of a result. */
function replansIn(args, path) {
  timed(args);
  return JSON.parse(readFileSync(path, 'utf8')).summary.replans;
}
