/** Open deals, those expected to bring most first: the ones to work on. */
import type { Coverage, OpenDeal } from '../../coverage/coverage.ts';
import { type Block, type Choice, type Column, prose, row } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { type AmountUnit, cellAmount, chance, count, dayName, GLUE, NONE } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import type { Selection } from '../selection.ts';
import { selectedDeals } from './coverage-selection.ts';
import { needing } from './coverage-words.ts';

/** As many deals as one reads; CSV and JSON have them all. */
const SHOWN = 30;

export function dealsTable(coverage: Coverage, selection: Selection, unit: AmountUnit): Block[] {
  const { model, periods, hasRates } = coverage;
  const deals = selectedDeals(coverage.deals, { selection, stages: model.stages });
  if (deals.length === 0) return [prose('No open deals.', 'usual', true)];
  const within = periods[0] === undefined ? '' : ` in ${periodTitle(model, periods[0])}`;
  const rows = deals.slice(0, SHOWN).map((deal) => dealRow(deal, { unit, hasRates }));
  const more = deals.length - rows.length;
  const title = hasRates ? `open deals, by what they bring${within}` : 'open deals, largest first';
  return [
    { kind: 'table', flush: null, choices: CHOICES, sections: [{ title, rows }] },
    ...(more > 0 ? [prose(`and ${count(more)}${GLUE}more: --deals -f csv lists all`, 'dim')] : []),
  ];
}

function dealRow(deal: OpenDeal, { unit, hasRates }: { unit: AmountUnit; hasRates: boolean }) {
  const { record, ageDays } = deal;
  const money = (value: number) => cellAmount(value, unit);
  const marks = [...(deal.isOverdue ? ['overdue'] : []), ...(deal.isStale ? ['stale'] : [])].join(', ');
  const cells = {
    rep: deal.key.territory ?? record.rep?.name ?? record.owner ?? deal.key.team ?? NONE,
    stage: record.crmStage,
    amount: record.amount === null ? NONE : money(record.amount),
    close: record.closeDate === null ? NONE : dayName(record.closeDate),
    age: ageDays === null ? NONE : `${count(ageDays)}${GLUE}d`,
    chance: needing(deal.chance, hasRates, chance),
    expected: needing(deal.expected, hasRates, money),
    marks,
  };
  const label = record.name ?? record.account ?? record.id ?? `line ${record.where.line ?? NONE}`;
  return row([label], cells, { lastTone: marks === '' ? null : 'bad' });
}

const COLUMNS: readonly Column[] = [
  left('rep', 'rep', 'who'),
  left('stage', 'stage', 'who'),
  right('amount', 'amount', 'what'),
  right('close', 'closes', 'what'),
  right('age', 'age', 'what'),
  right('chance', 'chance', 'brings'),
  right('expected', 'expected', 'brings'),
  left('marks', '', 'brings'),
];

const CHOICES: readonly Choice[] = choicesWithout(COLUMNS, 20, [
  [[], null],
  [['stage'], 'stage'],
  [['stage', 'age'], 'stage and age'],
  [['stage', 'age', 'close', 'rep'], 'stage, age, close date and rep'],
]);
