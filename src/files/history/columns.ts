/** A history's header → which column says what: a date per stage, a stage change a row, or a deal a row. */
import type { HistoryLayout, HistoryShape, StageMeaning } from '../../history/layout.ts';
import { matchKey, stageKeys } from '../sheet/column-keys.ts';
import { headerMatcher } from '../sheet/header.ts';

export interface ColumnsKnown {
  readonly stages: readonly string[];
  /** Our name (a stage too) → header, where synonyms do not reach. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly meaning: StageMeaning;
  /** Whether the cells of a column look like dates, as far as they were looked at. */
  readonly holdsDates: (index: number) => boolean;
}

/** Columns of records and deals. */
const WANTED = [
  'id',
  'rep',
  'rep_id',
  'team',
  'source',
  'amount',
  'stage',
  'stage_since',
  'close_date',
  'won_date',
  'created',
  'is_won',
  'is_closed',
  'lost_at',
  'lost',
  'link',
] as const;

/** Columns of a log of stage changes. */
const WANTED_CHANGES = [
  'record',
  'to_stage',
  'entered',
  'field',
  'rep',
  'rep_id',
  'team',
  'source',
  'amount',
] as const;

/** Null where the header is of no history: fewer than two days to tell a lag from. */
export function historyLayout(headers: readonly string[], known: ColumnsKnown): HistoryLayout | null {
  // A tool that copies a CRM writes its own prefix before each property.
  const names = headers.map((header) => header.replace(/^propert(?:y|ies)_/i, ''));
  const dates = stageDatesIn(names, known);
  const changes = changesIn(names, known);
  const dated = dates.filter((columns) => columns.length > 0).length;
  if (changes !== null && dated < 2 && changes.isLog) return changes.layout;
  const layout = recordsIn(names, { ...known, dates });
  if (layout !== null) return layout;
  return changes === null ? null : changes.layout;
}

const NOTHING: HistoryLayout = {
  shape: 'records',
  id: null,
  rep: null,
  team: null,
  source: null,
  amount: null,
  stageDates: [],
  lost: [],
  created: null,
  stage: null,
  entered: null,
  closed: null,
  isWon: null,
  isClosed: null,
  lostAt: null,
  field: null,
  link: null,
};

type Places = Readonly<Record<string, number>>;

/** The places of wanted columns, by our names. */
function placesOf(
  headers: readonly string[],
  wanted: readonly string[],
  mapping: ColumnsKnown['mapping'],
): Places {
  const { columns } = headerMatcher({ wanted, stages: [], mapping })(headers);
  return Object.fromEntries(columns.map(({ name, index }) => [name, index]));
}

function recordsIn(
  headers: readonly string[],
  known: ColumnsKnown & { readonly dates: readonly (readonly number[])[] },
): HistoryLayout | null {
  const { dates, mapping, stages } = known;
  const taken = new Set(dates.flat());
  const free = headers.map((header, index) => (taken.has(index) ? '' : header));
  const at = placesOf(free, WANTED, mapping);
  const place = (name: string): number | null => at[name] ?? null;
  const lost = lostColumns(headers, { known, taken });
  if (at.lost !== undefined && known.holdsDates(at.lost) && !lost.includes(at.lost)) lost.push(at.lost);
  const closed = place('won_date') ?? place('close_date');
  const tells = at.stage !== undefined || at.is_won !== undefined;
  const shape: HistoryShape = tells && closed !== null ? 'deals' : 'records';
  const stageDates = dates.map((columns) => [...columns]);
  if (shape === 'records') {
    if (stageDates[0]?.length === 0 && at.created !== undefined) stageDates[0] = [at.created];
    if (stageDates.at(-1)?.length === 0 && closed !== null) stageDates[stages.length - 1] = [closed];
  }
  const isEnough =
    shape === 'deals'
      ? at.created !== undefined || dates.some((columns) => columns.length > 0)
      : stageDates.filter((columns) => columns.length > 0).length >= 2;
  // A file of one stage's dates may still be joined to another.
  const hasOne = stageDates.some((columns) => columns.length > 0) && at.id !== undefined;
  if (!isEnough && !hasOne) return null;
  return {
    ...NOTHING,
    shape,
    id: place('id'),
    rep: place('rep') ?? place('rep_id'),
    team: place('team'),
    source: place('source'),
    amount: place('amount'),
    stageDates,
    lost,
    created: shape === 'deals' ? place('created') : null,
    stage: place('stage'),
    entered: place('stage_since'),
    closed: shape === 'deals' ? closed : null,
    isWon: place('is_won'),
    isClosed: place('is_closed'),
    lostAt: place('lost_at'),
    link: place('link'),
  };
}

function changesIn(
  headers: readonly string[],
  { mapping }: ColumnsKnown,
): { layout: HistoryLayout; isLog: boolean } | null {
  const at = placesOf(headers, WANTED_CHANGES, mapping);
  const { record, to_stage: stage, entered } = at;
  if (record === undefined || stage === undefined || entered === undefined) return null;
  const keys = headers.map(matchKey);
  // What only a log has: a day of entering, the value before or after, the property that changed.
  const isLog =
    keys.some((key) => LOG_KEYS.has(key)) || 'entered' in mapping || !keys.some((key) => DEAL_KEYS.has(key));
  const layout: HistoryLayout = {
    ...NOTHING,
    shape: 'changes',
    id: record,
    rep: at.rep ?? at.rep_id ?? null,
    team: at.team ?? null,
    source: at.source ?? null,
    amount: at.amount ?? null,
    stage,
    entered,
    field: at.field ?? null,
  };
  return { layout, isLog };
}

const LOG_KEYS = new Set(
  [
    'entered',
    'date entered',
    'entered at',
    'entered on',
    'new value',
    'old value',
    'fivetran start',
    'from stage',
    'to stage',
    'changed at',
    'change date',
    'edit date',
    'new stage',
    'old stage',
  ].map(matchKey),
);
const DEAL_KEYS = new Set(
  ['close date', 'closed date', 'is won', 'is closed', 'created date', 'create date', 'created at'].map(
    matchKey,
  ),
);

/** By stage, the columns that hold when it was entered. */
function stageDatesIn(headers: readonly string[], known: ColumnsKnown): number[][] {
  const { stages, mapping, meaning, holdsDates } = known;
  const dates = stages.map((): number[] => []);
  const keys = stages.map((stage) => dateKeys(stage, stages));
  const mapped = stages.map((stage) => (Object.hasOwn(mapping, stage) ? matchKey(mapping[stage]!) : null));
  for (const [index, header] of headers.entries()) {
    const key = matchKey(header);
    const own = mapped.indexOf(key);
    if (own >= 0) {
      dates[own]!.push(index);
      continue;
    }
    const named = stageNamed(header, meaning, stages);
    if (named === 'lost') continue;
    // The day a deal closed, or, as long as it is open, is to close: what it says depends on other columns.
    if (named === null && CLOSE_KEYS.has(key) && mapped[stages.length - 1] === null) continue;
    const found = named ?? keys.findIndex((words, stage) => mapped[stage] === null && words.has(key));
    if (found >= 0 && holdsDates(index)) dates[found]!.push(index);
  }
  return dates;
}

/** `Date entered "Discovery (Sales)"`, `Became a customer date`, `hs_v2_date_entered_closedwon`. */
const NAMED_STAGE: readonly RegExp[] = [
  /^date entered ["'\u201c\u201d]?(.+?)["'\u201c\u201d]?$/i,
  /^became an? (.+?) date$/i,
  /^(?:hs_)?(?:v2_)?(?:hs_)?date_entered_(.+)$/i,
  /^hs_lifecyclestage_(.+)_date$/i,
];

function stageNamed(
  header: string,
  meaning: StageMeaning,
  stages: readonly string[],
): number | 'lost' | null {
  for (const pattern of NAMED_STAGE) {
    const name = pattern.exec(header.trim())?.[1];
    if (name === undefined) continue;
    const words = name.replaceAll('_', ' ');
    const said = meaning(name) ?? meaning(words);
    if (said !== null) return said;
    const key = matchKey(words);
    const stage = stages.findIndex((own) => stageKeys(own, stages).includes(key));
    return stage < 0 ? null : stage;
  }
  return null;
}

/** `Opportunity`, `Opportunity date`, `date opportunity`, `opportunity at`, `became an opportunity`. */
function dateKeys(stage: string, stages: readonly string[]): ReadonlySet<string> {
  const names = stageKeys(stage, stages);
  const forms = (name: string): string[] => [
    name,
    ...['date', 'day', 'at', 'on', 'time', 'createddate', 'createdate', 'createdat', 'created'].map(
      (end) => name + end,
    ),
    ...['date', 'dateof', 'entered', 'dateentered', 'becamea', 'becamean', 'reached', 'to'].map(
      (start) => start + name,
    ),
    ...(CONVERTED.get(name) ?? []),
  ];
  return new Set(names.flatMap(forms));
}

const CLOSE_KEYS = new Set(
  [
    'close date',
    'closed date',
    'date closed',
    'closed on',
    'closing date',
    'expected close date',
    'estimated close date',
  ].map(matchKey),
);

/** What CRMs call the day a lead became more. */
const CONVERTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['opportunity', ['converted date', 'conversion date', 'date converted'].map(matchKey)],
  ['close', ['won date', 'date won', 'won on'].map(matchKey)],
]);

function lostColumns(
  headers: readonly string[],
  { known, taken }: { known: ColumnsKnown; taken: ReadonlySet<number> },
): number[] {
  const { meaning, stages } = known;
  return [...headers.keys()].filter(
    (index) => !taken.has(index) && stageNamed(headers[index]!, meaning, stages) === 'lost',
  );
}
