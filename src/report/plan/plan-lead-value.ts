/** What one lead of each source is worth, and what may be paid for leads: shown where a share of revenue is asked for. */
import { budgetIn, type LeadValue, leadValues, mayCost } from '../../plan/lead-value.ts';
import { plus } from '../../plan/line.ts';
import { type Block, type Column, prose, type Row, row, type Section, type Table } from '../block.ts';
import { choicesWithout, right } from '../columns.ts';
import { type AmountUnit, NONE, percent, price, priceRange, shortAmount, typedPercent } from '../format.ts';
import { byOwner, sourceLabel } from './plan-leads.ts';
import { bridgeChoicesOf, type Periods, spanCells } from './plan-periods.ts';
import { isSelected, type Scope, totalName } from './plan-scope.ts';
import { plural, stageWord, tied, withArticle } from './plan-words.ts';

export function leadValueBlocks(scope: Scope, periods: Periods): Block[] {
  const { plan, selection } = scope;
  const { model } = plan;
  const spend = selection.spend ?? null;
  if (spend === null) return [];
  const values = leadValues(plan, (line) => isSelected(selection, line));
  const [lead = 'lead'] = model.stages;
  if (values.length === 0)
    return [prose(`what ${withArticle(lead)} is worth: no ${plural(lead)} are asked for`)];
  if (values.every(({ value }) => value === null)) {
    const text = `what ${withArticle(lead)} is worth is not known: quotas count deals, and no deal_size is given`;
    return [prose(text, 'dim', true)];
  }
  const inOrder = byOwner(model.sources).flatMap((source) => values.filter((of) => of.source === source));
  const unit: AmountUnit = { kind: 'money', currency: model.worth?.currency ?? model.currency };
  const asked: Asked = { scope, values: inOrder, spend, unit };
  return [valueTable(asked), budgetTable(asked, periods)];
}

interface Asked {
  readonly scope: Scope;
  /** By owner and source. */
  readonly values: readonly LeadValue[];
  readonly spend: number;
  /** Money, also where quotas count deals. */
  readonly unit: AmountUnit;
}

/** Sources that begin at the same stage stand together: `what a lead is worth`, `what an opportunity is worth`. */
function valueTable(asked: Asked): Table {
  const { stages } = asked.scope.plan.model;
  const starts = [...new Set(asked.values.map(({ source }) => source.startsAt))].sort(
    (one, other) => one - other,
  );
  const sections = starts.map((stage): Section => {
    const values = asked.values.filter(({ source }) => source.startsAt === stage);
    const title = `what ${withArticle(stages[stage]!)} is worth`;
    return { title, rows: values.map((of) => valueRow(asked, of)) };
  });
  const first = starts.length === 1 ? `${stageWord(stages[starts[0]!]!)} ` : '';
  const columns = valueColumns(asked, `${first}→ ${stageWord(stages.at(-1)!)}`);
  return { kind: 'table', sections, choices: choicesWithout(columns, LABEL_ROOM, STEPS), flush: null };
}

const LABEL_ROOM = 18;

const STEPS = [
  [[], null],
  [['size'], 'deal sizes'],
  [['size', 'interval'], 'deal sizes and intervals'],
  [['size', 'interval', 'yield'], 'rates, deal sizes and intervals'],
] as const;

function valueColumns({ values, spend }: Asked, yieldHead: string): Column[] {
  return [
    right('yield', tied(yieldHead), 'value'),
    right('size', 'deal size', 'value'),
    right('worth', 'worth', 'value'),
    ...(values.some(({ low }) => low !== null) ? [right('interval', '80% interval', 'value')] : []),
    right('cost', `may cost at ${typedPercent(spend)}`, 'cost'),
  ];
}

function valueRow({ scope, spend, unit }: Asked, of: LeadValue): Row {
  const { low, high, value, dealSize } = of;
  return row(labelOf(scope, of), {
    yield: percent(of.yield),
    size: dealSize === null ? NONE : shortAmount(dealSize, unit),
    worth: value === null ? NONE : price(value, unit),
    interval: low === null || high === null ? NONE : priceRange(low, high, unit),
    cost: value === null ? NONE : price(mayCost(of, spend)!, unit),
  });
}

function labelOf(scope: Scope, { source }: LeadValue): string[] {
  return source.name === null ? [totalName(scope)] : sourceLabel(source, scope.plan.model.sources);
}

/** What may be paid by quarter and year: what one may cost × the whole goals. */
function budgetTable({ scope, values, spend, unit }: Asked, periods: Periods): Table {
  const cells = (of: readonly LeadValue[]): Row['cells'] =>
    spanCells(periods, (span) => {
      const sum = of.reduce((total, one) => plus(total, budgetIn(one, spend, span)), 0);
      return sum === 0 ? NONE : shortAmount(sum, unit);
    });
  const rows = values.map((of) => row(labelOf(scope, of), cells([of])));
  const total = row([totalName(scope)], cells(values), { tone: 'strong' });
  return {
    kind: 'table',
    sections: [
      {
        title: `budget at ${typedPercent(spend)} of revenue`,
        rows: rows.length > 1 ? [...rows, total] : rows,
      },
    ],
    choices: bridgeChoicesOf(periods, scope.selection.by),
    flush: 'periods',
  };
}
