// A company of any size: a quota row per rep and month, counts per rep, lags. The same for the same size.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REPS_PER_TEAM = 50;

/** Writes the files of a company into a folder and says where they are. */
export function writeCompany(folder, reps) {
  mkdirSync(folder, { recursive: true });
  const quotas = ['team,rep,period,quota'];
  const rates = ['team,rep,lead,conversation,opportunity,close'];
  for (let index = 0; index < reps; index++) {
    const who = `Team ${Math.floor(index / REPS_PER_TEAM)},Rep ${index}`;
    for (let month = 1; month <= 12; month++) {
      quotas.push(
        `${who},2027-${String(month).padStart(2, '0')},${80_000 + ((index * 37 + month) % 40) * 1000}`,
      );
    }
    const leads = 80 + ((index * 13) % 300);
    rates.push(
      `${who},${leads},${Math.round(leads * 0.5)},${Math.round(leads * 0.17)},${Math.round(leads * 0.042)}`,
    );
  }
  const paths = {
    folder,
    plan: join(folder, 'leadgoal.yaml'),
    quotas: join(folder, 'quotas.csv'),
    rates: join(folder, 'rates.csv'),
  };
  writeFileSync(paths.quotas, `${quotas.join('\n')}\n`);
  writeFileSync(paths.rates, `${rates.join('\n')}\n`);
  writeFileSync(
    paths.plan,
    `name: Bench
deal_size: 24000
quotas: quotas.csv
rates: rates.csv
lags:
  lead_to_conversation: 10 days
  conversation_to_opportunity: 1 month
  opportunity_to_close: [10%, 25%, 30%, 20%, 10%, 5%]
`,
  );
  return paths;
}

/** A company with open and closed records of the CRM, so many open ones a rep; as of the middle of a quarter. */
export function writePipeline(folder, reps, each) {
  const company = writeCompany(folder, reps);
  const records = ['id,name,account,rep,stage,amount,close_date,created,stage_since'];
  let id = 0;
  const day = (count) => new Date(Date.UTC(2027, 0, 1) + count * 86_400_000).toISOString().slice(0, 10);
  const STAGES = ['Discovery', 'Proposal', 'Negotiation'];
  for (let index = 0; index < reps; index++) {
    for (let number = 0; number < each + 6; number++) {
      id += 1;
      const isClosed = number >= each;
      const stage = isClosed ? (number % 2 === 0 ? 'Closed Won' : 'Closed Lost') : STAGES[id % 3];
      const close = isClosed ? 5 + ((id * 7) % 40) : 40 + ((id * 11) % 120);
      const created = close - 40 - ((id * 13) % 150);
      const amount = 6_000 + ((id * 7_919) % 400) * 100;
      const since = day(Math.min(created + 10, 44));
      records.push(
        `D${id},Deal ${id},Account ${id % 5_000},Rep ${index},${stage},${amount},${day(close)},${day(Math.min(created, 44))},${since}`,
      );
    }
  }
  const pipeline = join(folder, 'opportunities.csv');
  writeFileSync(pipeline, `${records.join('\n')}\n`);
  appendFileSync(
    company.plan,
    `as_of: 2027-02-15
pipeline: opportunities.csv
stages: { opportunity: [Discovery, Proposal, Negotiation] }
`,
  );
  return { ...company, pipeline };
}
