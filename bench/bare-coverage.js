// The yardstick of coverage: only reads the same files with csv-parse and writes JSON with as many rows of the same keys.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const [quotasPath, ratesPath, pipelinePath, count, dealCount, output] = process.argv.slice(2);
const quotas = parse(readFileSync(quotasPath), { columns: true });
const rates = parse(readFileSync(ratesPath), { columns: true });
const records = parse(readFileSync(pipelinePath), { columns: true });
const coverage = [];
for (let index = 0; index < Number(count); index++) {
  const { team, rep, period, quota } = quotas[index % quotas.length];
  const { lead, close } = rates[index % rates.length];
  const { amount } = records[index % records.length];
  const value = Number(quota) / 7;
  coverage.push({
    level: 'rep',
    team,
    rep,
    rep_id: null,
    territory: null,
    period,
    period_start: `${period}-01`,
    period_end: `${period}-28`,
    quota: Number(quota),
    closed: Number(amount),
    to_go: Number(quota) - Number(amount),
    open: Number(amount),
    coverage: value,
    to_go_coverage: value,
    enough: value,
    expected_open: value,
    expected_new: value,
    lands: value,
    versus_quota: value,
    chance: Number(close) / Number(lead),
    short_opportunities: value,
    fresh_chance: value,
    overdue_count: 1,
    overdue_amount: 1,
    stale_count: 1,
    stale_amount: 1,
    undated_count: 1,
    undated_amount: 1,
    status: 'short',
  });
}
const deals = [];
for (let index = 0; index < Number(dealCount); index++) {
  const { id, name, account, rep, stage, amount, close_date } = records[index % records.length];
  deals.push({
    id,
    name,
    account,
    rep,
    rep_id: null,
    territory: null,
    team: 'Team',
    source: null,
    stage: 'opportunity',
    crm_stage: stage,
    amount: Number(amount),
    close_date,
    age_days: index % 300,
    chance: (index % 97) / 97,
    expected: (Number(amount) * (index % 97)) / 97,
    stale: false,
    overdue: false,
  });
}
writeFileSync(output, JSON.stringify({ format: 'leadgoal.coverage', coverage, deals }));
