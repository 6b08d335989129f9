/** What the CRM calls our stages: the plan's `stages:`, our own names, and the usual words for won and lost. */
import { error, type Problem } from '../problem.ts';
import { nameKey } from './names.ts';
import type { RawPlan } from './plan-file.ts';
import type { PlanFile } from './plan-schema.ts';
import { matchKey } from './sheet/column-keys.ts';
import { nearestWord } from './sheet/nearest.ts';

/** Index of a stage, or that the record was lost. */
export type StageMeant = number | 'lost';

export interface StageWords {
  /** Null where nobody said what the name means. */
  readonly meant: (text: string) => StageMeant | null;
  /** Whether the plan says anything of the CRM's stages. */
  readonly areSaid: boolean;
}

/** The key under which names for lost records stand. */
const LOST = 'lost';

/** Lost records go by these names without being told. */
const LOST_WORDS = ['lost', 'closed lost', 'deal lost'];

/** And won ones by these. */
const WON_WORDS = ['won', 'closed won', 'deal won'];

/** Errors: `key_unknown` for a key that is no stage, `stage_mapped_twice` for a name under two of them. */
export function stageWordsOf(
  file: PlanFile,
  raw: RawPlan,
  stages: readonly string[],
): { words: StageWords; problems: Problem[] } {
  const problems: Problem[] = [];
  const said = new Map<string, StageMeant>();
  const known = [...stages, LOST];
  for (const [key, names] of Object.entries(file.stages)) {
    const stage = known.findIndex((name) => nameKey(name) === nameKey(key));
    if (stage < 0) {
      const args = { key, nearest: nearestWord(key, known) ?? '', in: 'stages', known: known.join(', ') };
      problems.push(error('key_unknown', raw.whereOfKey(['stages'], key), args));
      continue;
    }
    const meant = stage === stages.length ? LOST : stage;
    for (const name of names) {
      const before = said.get(nameKey(name));
      if (before !== undefined && before !== meant) {
        const first = before === LOST ? LOST : stages[before]!;
        const where = raw.whereOf(['stages', key]);
        problems.push(error('stage_mapped_twice', where, { name, first, second: key }));
      } else said.set(nameKey(name), meant);
    }
  }
  return { words: { meant: meaning(said, stages), areSaid: said.size > 0 }, problems };
}

function meaning(said: ReadonlyMap<string, StageMeant>, stages: readonly string[]): StageWords['meant'] {
  const own = new Map(stages.map((name, stage) => [matchKey(name), stage]));
  const won = new Set(WON_WORDS.map(matchKey));
  const lost = new Set(LOST_WORDS.map(matchKey));
  const meant = (text: string): StageMeant | null => {
    const key = matchKey(text);
    const found = said.get(nameKey(text)) ?? own.get(key);
    if (found !== undefined) return found;
    if (lost.has(key)) return LOST;
    return won.has(key) ? stages.length - 1 : null;
  };
  return (text) => meant(text) ?? meant(nameAlone(text));
}

/** `Closed Won (Sales Pipeline)` and `6. Closed Won` without what CRMs write around the name of a stage. */
function nameAlone(text: string): string {
  return text.replace(/^\d+\s*[-.):]?\s+/, '').replace(/\s+\((?![^)]*\b(won|lost)\b)[^()]*\)$/i, '');
}
