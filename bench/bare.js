// The yardstick: only reads the same files with csv-parse and writes JSON with as many rows of the same keys.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const [quotasPath, ratesPath, count, output] = process.argv.slice(2);
const quotas = parse(readFileSync(quotasPath), { columns: true });
const rates = parse(readFileSync(ratesPath), { columns: true });
const goals = [];
for (let index = 0; index < Number(count); index++) {
  const { team, rep, period, quota } = quotas[index % quotas.length];
  const { lead, conversation, opportunity, close } = rates[index % rates.length];
  const counts = {
    lead: Number(lead),
    conversation: Number(conversation),
    opportunity: Number(opportunity),
    close: Number(close),
  };
  goals.push({
    level: 'rep',
    team,
    rep,
    rep_id: null,
    territory: null,
    source: null,
    owner: null,
    grain: 'month',
    period,
    period_start: `${period}-01`,
    period_end: `${period}-28`,
    quota: Number(quota),
    goals: counts,
    expected: {
      lead: counts.lead / 7,
      conversation: counts.conversation / 7,
      opportunity: counts.opportunity / 7,
      close: counts.close / 7,
    },
  });
}
writeFileSync(output, JSON.stringify({ format: 'leadgoal.plan', goals }));
