/** The rates with their evidence: a section a transition, by team and rep, and by source. */
import type { HistoryEstimate, RateEstimate } from '../../history/estimate.ts';
import {
  type Block,
  type Choice,
  type Column,
  prose,
  type Row,
  row,
  type Section,
  type Table,
  type Tone,
} from '../block.ts';
import { choicesWithout, type LeftOut, left, right } from '../columns.ts';
import { nameOfRow } from '../coverage/coverage-words.ts';
import { chance, count, NONE, percent } from '../format.ts';
import { days, interval, transitionName } from '../history/history-words.ts';
import type { Selection } from '../selection.ts';
import { depthOf, selectsTransition, sourceRows, tableRows } from './rates-selection.ts';

/** A table with everybody asked for and the sources, and a line for reps there is no room for. */
export function rateTables(estimate: HistoryEstimate, selection: Selection): Block[] {
  const { stages } = estimate;
  const rates = estimate.rates.filter((rate) => selectsTransition(selection, { ...rate, stages }));
  const { shown, hidden } = tableRows(rates, selection);
  const { shown: ofSources, hidden: hiddenSources } = sourceRows(rates, selection, ({ records }) => records);
  const withSource = selection.sources.length > 1;
  const sections = transitionsOf([...shown, ...ofSources]).flatMap((transition): Section[] => {
    const among = ({ from, to }: RateEstimate) => from === transition.from && to === transition.to;
    const title = transitionName(stages, transition);
    return [
      { title, rows: shown.filter(among).map((rate) => ownRow(rate, withSource)) },
      { title: `${title}, by source`, rows: ofSources.filter(among).map(sourceRow) },
    ].filter(({ rows }) => rows.length > 0);
  });
  if (sections.length === 0) return [];
  return [
    { kind: 'table', flush: null, choices: choicesOf(withSource), sections } satisfies Table,
    ...hiddenLine(hidden, hiddenSources),
  ];
}

function hiddenLine(reps: number, sources: number): Block[] {
  const parts = [
    ...(reps > 0 ? [`${count(reps)} reps: --level rep lists them`] : []),
    ...(sources > 0 ? [`${count(sources)} sources of few records: --source NAME shows one`] : []),
  ];
  return parts.length === 0 ? [] : [prose(`not listed: ${parts.join('; ')}`, 'dim')];
}

/** What spans the funnel, which goals are made with, then its steps in order. */
function transitionsOf(rates: readonly RateEstimate[]): { from: number; to: number }[] {
  const found = new Map(rates.map(({ from, to }) => [`${from} ${to}`, { from, to }]));
  return [...found.values()].sort(
    (first, second) => second.to - second.from - (first.to - first.from) || first.from - second.from,
  );
}

function ownRow(rate: RateEstimate, withSource: boolean): Row {
  const hint = withSource && rate.source !== null ? `, ${rate.source}` : '';
  const name = nameOfRow({ ...rate, territory: null });
  return row([name], cellsOf(rate), { depth: depthOf(rate), hint, tone: toneOf(rate) });
}

function sourceRow(rate: RateEstimate): Row {
  return row([rate.source ?? ''], cellsOf(rate), { tone: toneOf(rate) });
}

function toneOf({ level, answeredBy, source }: RateEstimate): Tone {
  if (answeredBy === 'too little data') return 'dim';
  return level === 'rep' || source !== null ? 'usual' : 'strong';
}

function cellsOf(rate: RateEstimate): Record<string, string> {
  const { naive, low, high, medianLagDays, lag80Days } = rate;
  return {
    records: count(rate.records),
    converted: count(rate.converted),
    naive: naive === null ? NONE : percent(naive),
    rate: rate.rate === null ? NONE : percent(rate.rate),
    interval: low === null || high === null ? NONE : interval(low, high),
    maturity: chance(rate.maturity === null ? null : Math.min(1, rate.maturity)),
    median: medianLagDays === null ? NONE : days(medianLagDays),
    lag80: lag80Days === null ? NONE : days(lag80Days),
    answeredBy: rate.answeredBy === 'too little data' ? 'too little' : rate.answeredBy,
  };
}

const COLUMNS: readonly Column[] = [
  right('records', 'records', 'rates'),
  right('converted', 'converted', 'rates'),
  right('naive', 'naive', 'rates'),
  right('rate', 'rate', 'rates'),
  right('interval', '80% interval', 'rates'),
  right('maturity', 'maturity', 'rates'),
  right('median', 'median lag', 'rates'),
  right('lag80', '80% lag', 'rates'),
  left('answeredBy', 'answered by', 'rates'),
];

/** Names are not cut below this for more columns; beside a source they need more. */
const LABEL_ROOM = { alone: 16, withSource: 30 } as const;

/** What gives way where there is little room. */
const LEFT_OUT: readonly LeftOut[] = [
  [[], null],
  [['lag80'], '80% lags'],
  [['lag80', 'maturity'], 'maturity and 80% lags'],
  [['lag80', 'maturity', 'answeredBy'], 'maturity, 80% lags and who answered'],
  [['lag80', 'maturity', 'answeredBy', 'naive'], 'naive, maturity, 80% lags and who answered'],
  [['lag80', 'maturity', 'answeredBy', 'naive', 'median'], 'naive, maturity, lags and who answered'],
  [
    ['lag80', 'maturity', 'answeredBy', 'naive', 'median', 'records', 'converted'],
    'records, naive, maturity, lags and who answered',
  ],
];

function choicesOf(withSource: boolean): Choice[] {
  return choicesWithout(COLUMNS, withSource ? LABEL_ROOM.withSource : LABEL_ROOM.alone, LEFT_OUT);
}
