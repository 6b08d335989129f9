/** A small company's CRM from a seed: one history of dated records, and the same as leads and opportunities. */
import { addDays, type Day, dayOf, formatDay } from '../../src/period/day.ts';

export const CRM_AS_OF = '2027-02-15';

const STAGES = ['lead', 'conversation', 'opportunity', 'close'] as const;

const FIRST = dayOf(2025, 1, 1)!;
const AS_OF = dayOf(2027, 2, 15)!;

const REPS = [
  { rep: 'Ana Ruiz', team: 'East' },
  { rep: 'Ben Cho', team: 'East' },
  { rep: 'Cy Dale', team: 'West' },
] as const;

/** Numbers from 0 to 1 in a fixed order (a linear congruential generator, the upper bits of 31). */
function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface CrmRecord {
  readonly id: string;
  readonly rep: string;
  readonly team: string;
  readonly source: string;
  /** Day it entered lead, conversation, opportunity, close; null where it did not, or not yet. */
  readonly days: readonly (Day | null)[];
  readonly lost: Day | null;
  /** Major units; null before it is an opportunity. */
  readonly amount: number | null;
  /** When the deal is expected to close, or closed. */
  readonly closes: Day | null;
}

/** Shares that go on from each stage, and the longest wait in days. */
const STEPS = [
  { share: 0.55, wait: 40 },
  { share: 0.5, wait: 60 },
  { share: 0.4, wait: 120 },
] as const;

export function crmRecords(count: number): CrmRecord[] {
  const random = seeded(20_270_215);
  return Array.from({ length: count }, (_, index): CrmRecord => {
    const { rep, team } = REPS[Math.floor(random() * REPS.length)]!;
    const source = random() < 0.6 ? 'inbound' : 'outbound';
    const created = addDays(FIRST, Math.floor(random() * (AS_OF - FIRST + 1)));
    const days: (Day | null)[] = [created];
    let lost: Day | null = null;
    let at = created;
    for (const { share, wait } of STEPS) {
      const goesOn = random() < share;
      const next = addDays(at, 1 + Math.floor(random() * random() * wait));
      if (next > AS_OF) break;
      if (!goesOn) {
        lost = random() < 0.8 ? next : null;
        break;
      }
      days.push(next);
      at = next;
    }
    while (days.length < 4) days.push(null);
    const amount = 1000 * Math.round(12 + random() * 24);
    const expected = addDays(AS_OF, Math.floor(random() * 80) - 10);
    const isDeal = days[2] !== null;
    const closes = isDeal ? (days[3] ?? lost ?? expected) : null;
    const id = `L${String(index + 1).padStart(4, '0')}`;
    return { id, rep, team, source, days, lost, amount: isDeal ? amount : null, closes };
  });
}

const text = (day: Day | null): string => (day === null ? '' : formatDay(day));

const table = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`;

/** A record a row, with a date per stage. */
export function historyCsv(records: readonly CrmRecord[]): string {
  const header = [
    'id',
    'rep',
    'team',
    'source',
    'lead',
    'conversation',
    'opportunity',
    'close',
    'lost',
    'amount',
  ];
  const rows = records.map(({ id, rep, team, source, days, lost, amount }) => [
    ...[id, rep, team, source],
    ...days.map(text),
    text(lost),
    amount,
  ]);
  return table([header, ...rows]);
}

/** Leads with how they stand. */
export function leadsCsv(records: readonly CrmRecord[]): string {
  const header = [
    'Lead ID',
    'Lead Owner',
    'Team',
    'Lead Source',
    'Created Date',
    'Conversation',
    'Lost',
    'Lead Status',
  ];
  const rows = records.map(({ id, rep, team, source, days, lost }) => {
    const [lead = null, conversation = null, opportunity = null] = days;
    const isLost = opportunity === null && lost !== null;
    const status = opportunity !== null ? 'Converted' : isLost ? 'Lost' : 'Working';
    return [id, rep, team, source, text(lead), text(conversation), isLost ? text(lost) : '', status];
  });
  return table([header, ...rows]);
}

/** The deals that came of them. */
export function opportunitiesCsv(records: readonly CrmRecord[]): string {
  const header = [
    ...['Opportunity ID', 'Lead ID', 'Opportunity Name', 'Opportunity Owner', 'Team', 'Lead Source'],
    ...['Stage', 'Amount', 'Created Date', 'Stage Changed', 'Close Date'],
  ];
  const rows = records.flatMap(({ id, rep, team, source, days, lost, amount, closes }) => {
    const opportunity = days[2] ?? null;
    const won = days[3] ?? null;
    if (opportunity === null) return [];
    const stage = won !== null ? 'Closed Won' : lost !== null ? 'Closed Lost' : 'Opportunity';
    const since = won ?? lost ?? opportunity;
    return [
      [
        ...[id.replace('L', 'O'), id, `Deal ${id}`, rep, team, source, stage, amount],
        ...[text(opportunity), text(since), text(closes)],
      ],
    ];
  });
  return table([header, ...rows]);
}

/** What a pipeline file of the history holds: how far each record came, since when, won or lost. */
export function pipelineCsv(records: readonly CrmRecord[]): string {
  const header = ['id', 'rep', 'team', 'source', 'stage', 'amount', 'stage_since', 'close_date'];
  const rows = records.map(({ id, rep, team, source, days, lost, amount }) => {
    const stage = days.findLastIndex((day) => day !== null);
    const name = lost !== null ? 'lost' : STAGES[stage]!;
    const won = stage === 3 ? days[3]! : null;
    return [id, rep, team, source, name, amount, text(days[stage] ?? null), text(won)];
  });
  return table([header, ...rows]);
}

/** What an actuals file of the history counts: records that reached each stage before the last, by month. */
export function actualsCsv(records: readonly CrmRecord[]): string {
  const counts = new Map<string, number[]>();
  for (const { rep, team, days } of records)
    for (const [stage, day] of days.slice(0, 3).entries()) {
      if (day === null) continue;
      const key = [team, rep, formatDay(day).slice(0, 7)].join(',');
      const row = counts.get(key) ?? [0, 0, 0];
      row[stage]! += 1;
      counts.set(key, row);
    }
  const rows = [...counts].map(([key, row]) => [key, ...row]);
  return table([['team', 'rep', 'month', ...STAGES.slice(0, 3)], ...rows]);
}

/** A record a line, as JSON. */
export function recordLines(records: readonly CrmRecord[]): string {
  const day = (of: Day | null | undefined) => (of == null ? null : formatDay(of));
  const lines = records.map(({ id, rep, team, source, days, lost, amount }) => {
    const dated = Object.fromEntries(STAGES.map((stage, at) => [stage, day(days[at])]));
    return JSON.stringify({ id, rep, team, source, ...dated, lost: day(lost), amount });
  });
  return `${lines.join('\n')}\n`;
}

/** A stage change a row. */
export function changesCsv(records: readonly CrmRecord[]): string {
  const header = ['Record ID', 'To Stage', 'Date Entered', 'Owner', 'Team', 'Source', 'Amount'];
  const rows = records.flatMap(({ id, rep, team, source, days, lost, amount }) => {
    const changes = [...days.map((day, stage) => [STAGES[stage]!, day] as const), ['lost', lost] as const];
    return changes.flatMap(([stage, day]) =>
      day === null ? [] : [[id, stage, text(day), rep, team, source, amount]],
    );
  });
  return table([header, ...rows]);
}
