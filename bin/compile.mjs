// Runs after the build and after an install: runs the program on a small company and keeps the code that V8 compiled for
// it, for this version of Node. Where that cannot be done the program works as well, a little slower.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import load from './load.cjs';

/** A company that takes the ways most plans take: a spreadsheet of quotas, counts per source, a joiner, a leaver, a history. */
const COMPANY = {
  'leadgoal.yaml': `name: Company
currency: USD
from: 2027-02
to: 2028-01
fiscal_year_starts: 2
funnel: { lead: a, conversation: b, opportunity: c, close: d }
quotas: quotas.csv
deal_size: 24000
rates: rates.csv
lags: { lead_to_conversation: 10 days, opportunity_to_close: [40%, 60%] }
sources:
  inbound: { share: 60%, owner: marketing }
  partner: { share: 20%, owner: partners, starts_at: opportunity }
  expansion: { share: 20%, owner: sales, leads: none }
reps: reps.csv
ramp: [0%, 50%]
`,
  'quotas.csv': `Quotas,,,,
Team,Sales Rep,FY28 Q1,FY28 Q2,Total
West,Ana,"$240,000","$260,000","$500,000"
East,Ben,,"$150,000","$150,000"
Total,,"$240,000","$410,000","$650,000"
`,
  'rates.csv': `source,from,to,lead,conversation,opportunity,close
inbound,2025-01,2025-12,1000,500,150,40
partner,2025-01,2025-12,,,60,20
`,
  'reps.csv': `id,rep,team,start,end,email,aliases
1,Ana,West,2020-01-01,2027-08-15,ana@example.com,
2,Ben,East,2027-05-03,,,Benjamin
`,
  'history.csv': `id,rep,team,source,lead,conversation,opportunity,close,lost,amount
1,Ana,West,inbound,2026-01-05,2026-01-15,2026-02-01,2026-04-01,,20000
2,Ben,East,partner,2026-01-06,2026-01-20,,,2026-02-20,
3,Ben,East,partner,2026-02-06,,,,,
`,
};

const SILENT = {
  out: () => true,
  err: () => true,
  columns: 100,
  isTerminal: false,
  environment: {},
  today: () => '2027-01-01',
};

const { CODE, loadProgram } = load;

async function compile(folder) {
  for (const [name, text] of Object.entries(COMPANY)) writeFileSync(join(folder, name), text);
  const { program, script } = loadProgram();
  const runs = [['rates', join(folder, 'history.csv')], ['plan', join(folder, 'leadgoal.yaml')], ['--help']];
  for (const args of runs) {
    const code = await program.run(args, SILENT);
    // without DuckDB, which is optional, rates end at once
    if (code !== 0 && args[0] !== 'rates') throw new Error(`leadgoal ${args.join(' ')} ended with ${code}`);
  }
  writeFileSync(`${CODE}.partial`, script.createCachedData());
  renameSync(`${CODE}.partial`, CODE);
}

try {
  const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
  try {
    await compile(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} catch (fault) {
  // After an install nothing may fail for the sake of speed; in a checkout that is not built there is nothing to compile.
  if (process.env.npm_lifecycle_event !== 'postinstall') throw fault;
}
