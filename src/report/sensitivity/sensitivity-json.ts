/** Sensitivity as JSON, the format `leadgoal.sensitivity`, and as CSV: a row a bar. */
import type { Input } from '../../files/input.ts';
import { formatDay } from '../../period/day.ts';
import type { Problem } from '../../problem.ts';
import type { Bar, Sensitivity } from '../../scenario/sensitivity/sensitivity.ts';
import { csvTable } from '../csv.ts';
import { unitText } from '../explain.ts';
import { decimals, jsonDocument, majorUnits, significant, warningRows } from '../json-document.ts';

const BAR_COLUMNS = [
  'key',
  'team',
  'source',
  'unit',
  'basis',
  'low',
  'base',
  'high',
  'leads_low',
  'leads',
  'leads_high',
  'per_point',
] as const;

type BarRow = Readonly<Record<(typeof BAR_COLUMNS)[number], string | number | null>>;

function barRow(bar: Bar, { leads, model }: Sensitivity): BarRow {
  const isAmount = bar.unit === 'money' || bar.unit === 'deals';
  const value = (of: number) => (isAmount ? majorUnits(of) : significant(of));
  return {
    key: bar.key,
    team: bar.team,
    source: bar.source,
    unit: unitText(bar.unit, model.currency),
    basis: bar.basis,
    low: value(bar.low),
    base: value(bar.base),
    high: value(bar.high),
    leads_low: bar.leadsLow,
    leads,
    leads_high: bar.leadsHigh,
    per_point: bar.perPoint === null ? null : decimals(bar.perPoint),
  };
}

export interface SensitivityFile {
  readonly sensitivity: Sensitivity;
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
}

/** Text of the document in pieces. */
export function sensitivityJson({ sensitivity, inputs, warnings }: SensitivityFile): Iterable<string> {
  const { model, stage, leads, replans, teamsLeftOut, bars } = sensitivity;
  const summary = { stage: model.stages[stage]!, leads, replans, teams_left_out: teamsLeftOut };
  return jsonDocument({
    format: 'leadgoal.sensitivity',
    model,
    inputs,
    parts: [
      ['bars', bars.map((bar) => JSON.stringify(barRow(bar, sensitivity)))],
      ['summary', { value: summary }],
      ['warnings', warningRows(warnings, inputs)],
    ],
  });
}

export function sensitivityCsv(of: Sensitivity, bom: boolean): Iterable<string> {
  const head = { plan: of.model.name, as_of: formatDay(of.model.asOf) };
  return csvTable(
    of.bars.map((bar) => ({ ...head, ...barRow(bar, of) })),
    { columns: ['plan', 'as_of', ...BAR_COLUMNS], bom },
  );
}
