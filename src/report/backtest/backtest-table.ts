/** Every earlier day with what was forecast on it and what came, and by how much goals would have been off. */
import type { BacktestError, BacktestRow } from '../../history/backtest.ts';
import {
  type Block,
  type Choice,
  type Column,
  prose,
  type Row,
  row,
  type Section,
  type Table,
} from '../block.ts';
import { count, dayName, NONE, percent, signedPercent } from '../format.ts';
import { interval, isWhole, transitionName } from '../rates/rates-words.ts';
import type { BacktestShown } from './backtest-view.ts';
import { offBy } from './backtest-words.ts';

/** Of the whole funnel, which goals are made with; its steps stand in the files. */
export function backtestTable({ backtest, history: { stages } }: BacktestShown): Block[] {
  const { summary } = backtest;
  const rows = backtest.rows.filter((of) => isWhole(stages, of));
  if (rows.length === 0) return [];
  const title = `${transitionName(stages, { from: 0, to: stages.length - 1 })} as of`;
  const sections: Section[] = [
    { title, rows: rows.map(dayRow) },
    { title: 'goals made with it', rows: summary.rows === 0 ? [] : goalRows(summary.errors) },
  ];
  return [
    {
      kind: 'table',
      flush: null,
      choices: CHOICES,
      sections: sections.filter((section) => section.rows.length > 0),
    } satisfies Table,
    ...(rows.some(({ truth }) => truth === null) ? [prose(UNKNOWN, 'dim')] : []),
    ...(rows.length < backtest.rows.length ? [prose(STEPS, 'dim')] : []),
  ];
}

const STEPS = 'single steps of the funnel: -f csv and -f json list them';

const UNKNOWN = 'no truth: what became of those records is not known yet';

const share = (value: number | null): string => (value === null ? NONE : percent(value));

function dayRow({ asOf, records, truth, low, high, inside, ...of }: BacktestRow): Row {
  return row([dayName(asOf)], {
    records: count(records),
    truth: share(truth),
    leadgoal: share(of.leadgoal),
    interval: low === null || high === null ? NONE : interval(low, high),
    inside: inside === null ? NONE : inside ? 'yes' : 'no',
    naive: share(of.naive),
    won_of_closed: share(of.wonOfClosed),
    last_year: share(of.lastYear),
  });
}

/** Under each method: by how much its goals were off, and by how much too high (+) or low (−) on average. */
function goalRows(errors: readonly BacktestError[]): Row[] {
  const cellsBy = (text: (error: BacktestError) => string) =>
    Object.fromEntries(errors.map((error) => [error.method, text(error)]));
  return [
    row(['off by'], cellsBy(offBy), { tone: 'strong' }),
    row(
      ['too high by'],
      cellsBy(({ bias }) => signedPercent(Math.exp(-bias) - 1)),
      { tone: 'strong' },
    ),
  ];
}

const right = (key: string, head: string, group: string): Column => ({ key, head, align: 'right', group });

const COLUMNS: readonly Column[] = [
  right('records', 'records', 'came'),
  right('truth', 'truth', 'came'),
  right('leadgoal', 'leadgoal', 'own'),
  right('interval', '80% interval', 'own'),
  right('inside', 'inside', 'own'),
  right('naive', 'naive', 'others'),
  right('won_of_closed', 'won ÷ closed', 'others'),
  right('last_year', 'last year', 'others'),
];

const without = (keys: readonly string[], leftOut: string | null): Choice => ({
  columns: COLUMNS.filter(({ key }) => !keys.includes(key)),
  leftOut,
  labelRoom: 12,
});

const CHOICES: readonly Choice[] = [
  without([], null),
  without(['inside'], 'inside or not'),
  without(['inside', 'records'], 'records'),
  without(['inside', 'records', 'last_year'], 'records and last year'),
  without(['inside', 'records', 'last_year', 'won_of_closed'], 'records, won ÷ closed and last year'),
  without(['inside', 'records', 'last_year', 'won_of_closed', 'naive'], 'records and other methods'),
];
