// A company of any size: a quota row per rep and month, counts per rep, lags. The same for the same size.
import { mkdirSync, writeFileSync } from 'node:fs';
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
