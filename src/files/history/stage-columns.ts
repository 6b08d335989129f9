/** The columns that hold when a record entered a stage, or was lost, by what people and CRMs call them. */
import type { StageMeaning } from '../../history/layout.ts';
import { matchKey, stageKeys } from '../sheet/column-keys.ts';
import type { ColumnsKnown } from './columns-known.ts';

/** By stage, the columns that hold when it was entered. */
export function stageDatesIn(headers: readonly string[], known: ColumnsKnown): number[][] {
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
  // A deal is created long before it is closed.
  const made = stage === stages.at(-1) ? [] : ['createddate', 'createdate', 'createdat', 'created'];
  const forms = (name: string): string[] => [
    name,
    ...['date', 'day', 'at', 'on', 'time', ...made].map((end) => name + end),
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

/** The columns that hold when a record was lost. */
export function lostColumns(
  headers: readonly string[],
  { known, taken }: { known: ColumnsKnown; taken: ReadonlySet<number> },
): number[] {
  const { meaning, stages } = known;
  return [...headers.keys()].filter(
    (index) => !taken.has(index) && stageNamed(headers[index]!, meaning, stages) === 'lost',
  );
}
