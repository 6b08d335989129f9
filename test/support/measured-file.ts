/** Rates files as `leadgoal rates` writes them, of the few rows that a test is about. */

export interface MeasuredRowParts {
  readonly team?: string | null;
  readonly rep?: string | null;
  readonly source?: string | null;
  readonly from?: string;
  readonly to?: string;
  readonly records?: number;
  readonly converted?: number;
  readonly rate?: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly maturity?: number | null;
  readonly answered_by?: string;
}

interface DealSizeParts {
  readonly team?: string | null;
  readonly rep?: string | null;
  readonly source?: string | null;
  readonly deals?: number;
  readonly mean: number;
  readonly variation?: number | null;
}

export interface MeasuredParts {
  readonly version?: unknown;
  readonly currency?: string | null;
  readonly stages?: readonly string[];
  readonly rates: readonly MeasuredRowParts[];
  readonly curves?: readonly object[];
  readonly dealSizes?: readonly DealSizeParts[];
}

const whose = ({
  team = null,
  rep = null,
  source = null,
}: Pick<MeasuredRowParts, 'team' | 'rep' | 'source'>) => ({
  level: rep !== null ? 'rep' : team !== null ? 'team' : 'company',
  team,
  rep,
  source,
});

function rateRow(parts: MeasuredRowParts): object {
  const { from = 'lead', to = 'close', rate = 0.05, records = 1000, maturity = 1 } = parts;
  const { converted = Math.round(records * (rate ?? 0)), answered_by = whose(parts).level } = parts;
  const { low = rate === null ? null : rate * 0.9, high = rate === null ? null : rate * 1.1 } = parts;
  const counts = {
    records,
    converted,
    lost: 0,
    open: records - converted,
    naive: converted / (records || 1),
  };
  const waits = { median_lag_days: 30, lag_80_days: 60 };
  return { ...whose(parts), from, to, ...counts, rate, low, high, maturity, ...waits, answered_by };
}

/** Its text, in JSON with a row a line: the rates begin in line 7. */
export function measuredText(parts: MeasuredParts): string {
  const { version = '1.0', currency = null, stages = ['lead', 'close'], curves = [], dealSizes = [] } = parts;
  const rows = (key: string, of: readonly object[]): string =>
    `"${key}": [\n${of.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
  const sizes = dealSizes.map((size) => ({ ...whose(size), deals: 40, variation: null, ...size }));
  return `{
"format": "leadgoal.rates", "version": ${JSON.stringify(version)},
"plan": ${JSON.stringify({ name: null, currency, as_of: '2026-12-31', stages })},
"inputs": [{ "path": "crm/leads.csv", "sha256": "${'ab'.repeat(32)}" }],
"made": { "as_of": "2026-12-31", "rows": 1234 },
${rows('rates', parts.rates.map(rateRow))},
${rows('curves', curves)},
${rows('deal_sizes', sizes)},
"dirt": [], "log_starts": [], "warnings": []
}
`;
}
