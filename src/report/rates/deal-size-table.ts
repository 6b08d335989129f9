/** What closed deals are worth on average, and how much that varies from deal to deal. */
import type { DealSizeEstimate } from '../../history/estimate.ts';
import type { Block, Choice, Column, Row, Table } from '../block.ts';
import { row } from '../block.ts';
import { right } from '../columns.ts';
import { nameOfRow } from '../coverage/coverage-words.ts';
import { amount, count, NONE, wholePercent } from '../format.ts';
import { depthOf, sourceRows, tableRows } from './rates-selection.ts';
import type { RatesShown } from './rates-view.ts';

export function dealSizeTable({ estimate, plan, selection }: RatesShown): Block[] {
  const { dealSizes } = estimate;
  const unit = { kind: 'money', currency: plan.currency } as const;
  const rowOf = (size: DealSizeEstimate, label: string, more: Partial<Row>): Row =>
    row(
      [label],
      {
        deals: count(size.deals),
        mean: amount(Math.round(size.mean) * 100, unit),
        variation: size.variation === null ? NONE : wholePercent(size.variation),
      },
      more,
    );
  const severalSources = selection.sources.length > 1;
  const rows = tableRows(dealSizes, selection).shown.map((size) =>
    rowOf(size, nameOfRow({ ...size, territory: null }), {
      depth: depthOf(size),
      hint: severalSources && size.source !== null ? `, ${size.source}` : '',
      tone: size.level === 'rep' ? 'usual' : 'strong',
    }),
  );
  const { shown: ofSources } = sourceRows(dealSizes, selection, ({ deals }) => deals);
  const sections = [
    { title: 'deal size', rows },
    { title: 'deal size, by source', rows: ofSources.map((size) => rowOf(size, size.source!, {})) },
  ].filter((section) => section.rows.length > 0);
  if (sections.length === 0) return [];
  return [{ kind: 'table', flush: null, choices: CHOICES, sections } satisfies Table];
}

const COLUMNS: readonly Column[] = [
  right('deals', 'deals', 'sizes'),
  right('mean', 'mean', 'sizes'),
  right('variation', 'variation', 'sizes'),
];

const CHOICES: readonly Choice[] = [{ columns: COLUMNS, leftOut: null, labelRoom: 16 }];
