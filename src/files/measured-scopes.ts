/** Measured rates and deal sizes → those a plan asks for, by its own names. */
import type { Measured } from '../plan/model.ts';
import { error, type Problem, type Where, warning } from '../problem.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { MeasuredRate, RateRow } from '../rates/rate-row.ts';
import { type KnownNames, meantRows, type TransitionOf, transitionsBetween } from './measured-names.ts';
import type { MeasuredFile } from './measured-rates.ts';
import type { MeasuredDocument, MeasuredRow } from './measured-schema.ts';
import { nameKey } from './names.ts';
import type { RatesContext } from './rates.ts';

/**
 * A row per scope that the plan knows. What the history has beyond the plan (reps who left, other sources, rates from
 * the first stage to the last) is passed over. Errors: `rates_other_stages`. Warnings: `rates_other_sources`.
 */
export function measuredRates(
  file: MeasuredFile,
  context: RatesContext,
): { rows: RateRow[]; problems: Problem[] } {
  const { stages } = context;
  const transitionOf = transitionsBetween(file.document.plan.stages, stages);
  const stagesDiffer = otherStages(file, context, transitionOf);
  if (stagesDiffer !== null) return { rows: [], problems: [stagesDiffer] };
  const meant = meantRows(file.document.rates, context, (row) => {
    const transition = row.rate === null ? null : transitionOf(row);
    return transition === null ? null : { part: String(transition), weight: row.records };
  });
  const rows = new Map<string, RateRow & { readonly measures: (MeasuredRate | null)[] }>();
  for (const { row, index, scope } of meant) {
    const where = file.whereOf(['rates', index]);
    const key = JSON.stringify(scope);
    const of = rows.get(key) ?? {
      ...scope,
      measures: stages.slice(1).map(() => null),
      lastMonth: null,
      where,
    };
    rows.set(key, of);
    of.measures[transitionOf(row)!] = measureOf(row, where);
  }
  const made = [...rows.values()];
  return { rows: made, problems: otherSources(file, context, made) };
}

const LEVELS = { company: 'all', team: 'team', rep: 'rep', 'too little data': null } as const;

function measureOf(row: MeasuredRow, where: Where): MeasuredRate {
  const { records, converted, low, high, maturity, answered_by: answeredBy } = row;
  return {
    kind: 'measured',
    value: row.rate!,
    records,
    converted,
    effective: records * (maturity ?? 1),
    low,
    high,
    carriedBy: LEVELS[answeredBy],
    where,
  };
}

/** Every two neighbouring stages that leads of a source pass must have been measured, and be it without result. */
function otherStages(
  file: MeasuredFile,
  { stages, startsAt }: RatesContext,
  transitionOf: TransitionOf,
): Problem | null {
  const found = new Set(file.document.rates.map(transitionOf));
  const first = startsAt.size === 0 ? 0 : Math.min(...startsAt.values());
  const missing = stages.findIndex(
    (_, place) => place >= first && place < stages.length - 1 && !found.has(place),
  );
  if (missing < 0) return null;
  return error('rates_other_stages', file.whereOf(['plan', 'stages']), {
    from: stages[missing]!,
    to: stages[missing + 1]!,
    theirs: file.document.plan.stages.join(', '),
    ours: stages.join(', '),
  });
}

/** Sources of the plan without a row of their own, where others have one. */
function otherSources(file: MeasuredFile, context: RatesContext, rows: readonly RateRow[]): Problem[] {
  const { sources, startsAt, stages } = context;
  const theirs = new Map<string, string>();
  for (const { source } of file.document.rates) if (source !== null) theirs.set(nameKey(source), source);
  const measured = new Set(rows.map(({ source }) => source));
  const without = sources.filter(
    (source) => !measured.has(source) && (startsAt.get(source) ?? 0) < stages.length - 1,
  );
  if (without.length === 0 || theirs.size === 0) return [];
  const args = { sources: someOf(without), measured: someOf([...theirs.values()]) };
  return [warning('rates_other_sources', file.whereOf(['rates']), args)];
}

/** So many names are said; the rest are counted. */
const NAMED = 8;

function someOf(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Deal sizes of those the plan knows, in minor units. */
export function measuredDealSizes({ document, whereOf }: MeasuredFile, known: KnownNames): DealSize[] {
  const meant = meantRows(document.deal_sizes, known, ({ deals, mean }) =>
    Math.round(mean * 100) > 0 ? { part: '', weight: deals } : null,
  );
  return meant.map(({ row, index, scope }) => ({
    ...scope,
    amount: Math.round(row.mean * 100),
    deals: row.deals,
    where: whereOf(['deal_sizes', index]),
  }));
}

/** What the plan says of where its rates come from, and which of its lags do. */
export function measuredFrom({ asOf, document }: MeasuredFile, lags: readonly boolean[]): Measured {
  return {
    files: document.inputs.map(({ path }) => path),
    asOf,
    records: document.made.rows,
    lags,
    dealSpread: dealSpreadOf(document),
  };
}

function dealSpreadOf({ deal_sizes: sizes }: MeasuredDocument): Measured['dealSpread'] {
  const whole = sizes.find(({ level, source }) => level === 'company' && source === null);
  if (whole === undefined || whole.variation === null) return null;
  return { variation: whole.variation, deals: whole.deals };
}
