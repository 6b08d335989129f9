/** The rows of the coverage report as a sales leader draws them: one line a rep, a bar of open against to go. */
import type { Coverage, CoverageRow } from '../../coverage/coverage.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import type { Choice, Column, Row, Table } from '../block.ts';
import { row } from '../block.ts';
import { choicesWithout, type LeftOut, left, right } from '../columns.ts';
import { type AmountUnit, cellAmount, chance, NONE, times } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { nameOfRow, needing, STATUS_TONES, statusWord } from './coverage-words.ts';

/** Cells of the bar. */
const BAR = 10;

/** Beyond this coverage a bar is full. */
const MOST = 6;

/** One table a period; tables stand under each other. */
export function coverageTable(coverage: Coverage, rows: readonly CoverageRow[], of: TableOf): Table {
  const { period, unit } = of;
  const scale = Math.min(
    MOST,
    rows.reduce((most, { toGoCoverage, enough }) => Math.max(most, toGoCoverage ?? 0, enough ?? 0), 1),
  );
  return {
    kind: 'table',
    flush: 'coverage',
    choices: coverage.hasRates ? CHOICES : CHOICES_WITHOUT_RATES,
    sections: [
      {
        title: periodTitle(coverage.model, period),
        rows: rows.map((one) => tableRow(one, { unit, scale, hasRates: coverage.hasRates })),
      },
    ],
  };
}

export interface TableOf {
  readonly period: PlanPeriod;
  readonly unit: AmountUnit;
}

interface Writing {
  readonly unit: AmountUnit;
  /** The coverage of a full bar. */
  readonly scale: number;
  readonly hasRates: boolean;
}

function tableRow(one: CoverageRow, { unit, scale, hasRates }: Writing): Row {
  const money = (value: number) => (value === 0 ? NONE : cellAmount(value, unit));
  const depth = one.team === null ? 0 : one.team.split('/').length - (one.level === 'rep' ? 0 : 1);
  const versus = (value: number) => (value > 0 ? `+${cellAmount(value, unit)}` : cellAmount(value, unit));
  const status = statusWord(one.status);
  return row(
    [nameOfRow(one)],
    {
      quota: money(one.quota),
      closed: money(one.closed),
      toGo: money(one.toGo),
      open: money(one.open),
      bar: barOf(one, scale),
      times: one.toGoCoverage === null ? NONE : times(one.toGoCoverage),
      enough: needing(one.enough, hasRates, times),
      lands: needing(one.lands, hasRates, money),
      versus: needing(one.status === 'no_quota' ? null : one.versusQuota, hasRates, versus),
      chance: needing(one.chance, hasRates, chance),
      overdue: one.overdue.count === 0 ? NONE : String(one.overdue.count),
      stale: one.stale.count === 0 ? NONE : String(one.stale.count),
      status,
    },
    {
      depth,
      tone: one.level === 'rep' ? 'usual' : 'strong',
      lastTone: one.status === null ? 'dim' : STATUS_TONES[one.status],
    },
  );
}

/** Full cells: open against to go. Light cells: what is missing to enough. */
function barOf({ toGo, toGoCoverage, enough }: CoverageRow, scale: number): string {
  if (toGo === 0 || toGoCoverage === null) return '';
  const cells = (value: number) => Math.min(BAR, Math.round((value / scale) * BAR));
  const open = cells(toGoCoverage);
  const missing = Math.max(0, cells(enough ?? 0) - open);
  return '█'.repeat(open) + '░'.repeat(missing);
}

const BAR_HEAD = 'open ÷ to go';

const COLUMNS: readonly Column[] = [
  right('quota', 'quota', 'money'),
  right('closed', 'closed', 'money'),
  right('toGo', 'to go', 'money'),
  right('open', 'open', 'money'),
  left('bar', BAR_HEAD, 'enough'),
  right('times', '', 'enough'),
  right('enough', 'enough', 'enough'),
  right('lands', 'lands', 'landing'),
  right('versus', 'vs quota', 'landing'),
  right('chance', 'chance', 'landing'),
  right('overdue', 'overdue', 'care'),
  right('stale', 'stale', 'care'),
  left('status', '', 'status'),
];

/** Names are not cut below this for more columns. */
const LABEL_ROOM = 16;

/** Without the bar its head goes to the number beside it. */
const choices = (steps: readonly LeftOut[]): Choice[] =>
  choicesWithout(COLUMNS, LABEL_ROOM, steps).map(({ columns, ...rest }) => ({
    ...rest,
    columns: columns.some(({ key }) => key === 'bar')
      ? columns
      : columns.map((column) => (column.key === 'times' ? { ...column, head: BAR_HEAD } : column)),
  }));

const CHOICES: readonly Choice[] = choices([
  [[], null],
  [['overdue', 'stale'], 'overdue and stale'],
  [['overdue', 'stale', 'quota'], 'quota, overdue and stale'],
  [['overdue', 'stale', 'quota', 'versus'], 'quota, what is over or short, overdue and stale'],
  [
    ['overdue', 'stale', 'quota', 'versus', 'bar'],
    'quota, what is over or short, overdue, stale and the bar',
  ],
  [
    ['overdue', 'stale', 'quota', 'versus', 'bar', 'closed'],
    'quota, closed, what is over or short, overdue, stale and the bar',
  ],
  [
    ['overdue', 'stale', 'quota', 'versus', 'bar', 'closed', 'enough', 'chance'],
    'quota, closed, enough, chance, overdue, stale and the bar',
  ],
  [
    ['overdue', 'stale', 'quota', 'lands', 'bar', 'closed', 'versus', 'enough', 'chance'],
    'all but to go, open and the status',
  ],
]);

const NEEDING_RATES = ['enough', 'lands', 'versus', 'chance'];

/** Without rates: what they would say is said once, above the table, and in the status. */
const CHOICES_WITHOUT_RATES: readonly Choice[] = choices([
  [NEEDING_RATES, null],
  [[...NEEDING_RATES, 'overdue', 'stale'], 'overdue and stale'],
  [[...NEEDING_RATES, 'overdue', 'stale', 'quota'], 'quota, overdue and stale'],
  [[...NEEDING_RATES, 'overdue', 'stale', 'quota', 'bar'], 'quota, overdue, stale and the bar'],
  [
    [...NEEDING_RATES, 'overdue', 'stale', 'quota', 'bar', 'closed'],
    'quota, closed, overdue, stale and the bar',
  ],
]);
