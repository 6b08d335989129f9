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
import { choicesWithout, right } from '../columns.ts';
import { count, dayName, NONE, percent, signedPercent } from '../format.ts';
import { interval, isWhole, transitionName } from '../history/history-words.ts';
import type { BacktestShown } from './backtest-view.ts';
import { offBy } from './backtest-words.ts';

/** Of the whole funnel, which goals are made with; its steps stand in the files, unless some were picked. */
export function backtestTable({ backtest, history: { stages }, isPicked = false }: BacktestShown): Block[] {
  const { summary } = backtest;
  const rows = backtest.rows.filter((of) => isPicked || isWhole(stages, of));
  if (rows.length === 0) return [];
  const sections = transitionsOf(rows).flatMap((transition): Section[] => {
    const own = rows.filter(({ from, to }) => from === transition.from && to === transition.to);
    const title = `${transitionName(stages, transition)} as of`;
    const hasGoals = summary.rows > 0 && isWhole(stages, transition);
    return [
      { title, rows: own.map(dayRow) },
      ...(hasGoals ? [{ title: 'goals made with it', rows: goalRows(summary.errors) }] : []),
    ];
  });
  return [
    { kind: 'table', flush: null, choices: CHOICES, sections } satisfies Table,
    ...(rows.some(({ truth }) => truth === null) ? [prose(UNKNOWN, 'dim')] : []),
    ...(rows.length < backtest.rows.length ? [prose(STEPS, 'dim')] : []),
  ];
}

/** The whole funnel, then its steps. */
function transitionsOf(rows: readonly BacktestRow[]): BacktestRow[] {
  const found = new Map(rows.map((of) => [`${of.from} ${of.to}`, of]));
  return [...found.values()].sort((first, second) => second.to - second.from - (first.to - first.from));
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

const CHOICES: readonly Choice[] = choicesWithout(COLUMNS, 12, [
  [[], null],
  [['inside'], 'inside or not'],
  [['inside', 'records'], 'records'],
  [['inside', 'records', 'last_year'], 'records and last year'],
  [['inside', 'records', 'last_year', 'won_of_closed'], 'records, won ÷ closed and last year'],
  [['inside', 'records', 'last_year', 'won_of_closed', 'naive'], 'records and other methods'],
]);
