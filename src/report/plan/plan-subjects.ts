/** Whom the assumptions are about: sources, teams and reps, those with the same rates as one. */
import type { Assumption, Plan } from '../../plan/plan.ts';
import type { Scope } from './plan-scope.ts';

/** More lines than this are counted, not shown. */
const MOST_LINES = 12;

/** Rates of one source, team or rep, one per transition; null where it has none. */
export interface Subject {
  readonly source: string | null;
  readonly team: string | null;
  readonly rep: string | null;
  /** How many others have the very same rates. */
  readonly others: number;
  readonly rates: readonly (Assumption | null)[];
}

/** What the goals of the scope rest on. */
export function assumptionsFor(scope: Scope, what: Assumption['what']): Assumption[] {
  const all = scope.plan.assumptions.filter((assumption) => assumption.what === what);
  if (scope.everything) return all;
  const used = usedSubjects(scope.lines);
  return all.filter(({ source, team, rep }) => used.has(subjectKey(source, team, rep)));
}

const subjectKey = (...parts: (string | null)[]): string => parts.map((part) => part ?? '').join('\u0000');

/** Every subject an assumption for one of the lines may have. */
function usedSubjects(lines: Plan['lines']): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { source, team, rep } of lines) {
    for (const ofSource of [source, null]) {
      for (const ofTeam of [team, null]) {
        for (const ofRep of [rep, null]) used.add(subjectKey(ofSource, ofTeam, ofRep));
      }
    }
  }
  return used;
}

/**
 * In the order of the model's sources; then as the plan has them. Those whose rates are one and the same answer are
 * one line: of the source where they are all it has, else of the first and so many others.
 */
export function subjectsOf(scope: Scope): Subject[] {
  const all = everySubject(scope);
  const bySource = new Map<string | null, number>();
  for (const { source } of all) bySource.set(source, (bySource.get(source) ?? 0) + 1);
  const same = new Map<string, Subject[]>();
  for (const subject of all) {
    const answers = subject.rates.map((rate) => rate && [rate.value, rate.records, rate.where]);
    const id = JSON.stringify([subject.source, answers]);
    const known = same.get(id);
    if (known) known.push(subject);
    else same.set(id, [subject]);
  }
  return [...same.values()].map((subjects) => {
    const [first] = subjects as [Subject];
    const whole = bySource.get(first.source) === subjects.length;
    return whole ? { ...first, team: null, rep: null } : { ...first, others: subjects.length - 1 };
  });
}

function everySubject(scope: Scope): Subject[] {
  const { stages, sources } = scope.plan.model;
  const found = new Map<string, Assumption[]>();
  for (const rate of assumptionsFor(scope, 'rate')) {
    const id = [rate.source, rate.team, rate.rep].map((part) => part ?? '').join('\u0000');
    const known = found.get(id);
    if (known) known.push(rate);
    else found.set(id, [rate]);
  }
  const place = ({ source }: Subject): number => sources.findIndex(({ name }) => name === source);
  return [...found.values()]
    .map((rates): Subject => {
      const { source, team, rep } = rates[0]!;
      const byStage = stages.slice(0, -1).map((from) => rates.find((rate) => rate.from === from) ?? null);
      return { source, team, rep, rates: byStage, others: 0 };
    })
    .sort((first, second) => place(first) - place(second));
}

/** Lines of sources and over all come first where not all can be shown. */
export function firstOf<Line extends { team: string | null; rep: string | null }>(
  lines: readonly Line[],
): Line[] {
  if (lines.length <= MOST_LINES) return [...lines];
  const whole = lines.filter(({ team, rep }) => team === null && rep === null);
  const fine = lines.filter((line) => !whole.includes(line));
  return [...whole, ...fine].slice(0, MOST_LINES);
}

export function labelOf(of: Pick<Assumption, 'source' | 'team' | 'rep'>, nobody: string): string[] {
  const who = of.rep ?? of.team;
  const label = [...(who === null ? [] : [who]), ...(of.source === null ? [] : [of.source])];
  return label.length > 0 ? label : [nobody];
}

/** What a what-if changed of any of them, each change once: `set +10%`. */
export function setOf(assumptions: readonly Assumption[]): string[] {
  return [...new Set(assumptions.flatMap(({ set }) => (set === null ? [] : [`set ${set}`])))];
}

/** The same behind a value: ` (set +10%)`; nothing where nothing was changed. */
export function setText(assumptions: readonly Assumption[]): string {
  const set = setOf(assumptions);
  return set.length === 0 ? '' : ` (${set.join(', ')})`;
}
