/** What is said of capacity: who is asked for more than people can work, what nobody is there for, what fits. */
import { addMonths } from '../../period/month.ts';
import type { CapacityRow } from '../../plan/capacity.ts';
import { sumOver } from '../../plan/line.ts';
import { type Prose, prose } from '../block.ts';
import { count, factor, monthAndYear, monthName, wholePercent } from '../format.ts';
import { type AskedAtStage, askedByStage, highestTeams, isOfRep } from './plan-capacity.ts';
import { whatIsPlanned } from './plan-late.ts';
import type { Periods } from './plan-periods.ts';
import { goalsOf, personOf, type Scope } from './plan-scope.ts';
import { counted, listed, plural } from './plan-words.ts';

/**
 * `! 3 reps are asked for more leads than they can work (60 a month): 212 leads of the year stay unworked, most of them
 * Ana Ruiz's in Mar.` What nobody is there for is said after it, or by itself.
 */
export function capacityLines(scope: Scope, periods: Periods): Prose[] {
  return askedByStage(scope).flatMap((asked) => {
    const over = asked.rows.filter(({ unworked }) => unworked > 0);
    const people = over.filter(isOfRep);
    const open = over.filter((of) => !isOfRep(of));
    const texts = [
      ...(people.length > 0 ? [peopleText(scope, periods, { ...asked, rows: people })] : []),
      ...(open.length > 0
        ? [openText(scope, periods, { ...asked, rows: open, isMore: people.length > 0 })]
        : []),
    ];
    return texts.length === 0 ? [] : [prose(`! ${texts.join(' ')}`, 'warning')];
  });
}

function peopleText(scope: Scope, periods: Periods, { stage, perRep, rows }: AskedAtStage): string {
  const word = scope.plan.model.stages[stage]!;
  const names = bySubject(rows);
  const isPartly = rows.some(({ capacity }) => capacity < perRep * (1 - 1e-9));
  const able = `(${factor(perRep)} a month${isPartly ? ', fewer while new or leaving' : ''})`;
  const who =
    names.length === 1
      ? `${names[0]!.name} is asked for more ${plural(word)} than a rep can work ${able}`
      : `${count(names.length)} reps are asked for more ${plural(word)} than they can work ${able}`;
  const total = unworkedIn(rows);
  const stay = total === 1 ? 'stays' : 'stay';
  return `${who}: ${counted(total, word)} of ${spanOf(scope, periods)} ${stay} unworked${whose(scope, names)}.`;
}

/** `, most of them Ana Ruiz's in Mar`: the one with the most, and the month that has most of that. */
function whose(scope: Scope, names: readonly Subject[]): string {
  const [first, second] = names as [Subject, Subject?];
  const inMonth = monthOfMost(scope, first);
  const total = names.reduce((sum, { unworked }) => sum + unworked, 0);
  if (second === undefined) {
    if (inMonth === null) return '';
    return `, ${inMonth.share === 1 ? 'all' : 'most'} of them in ${inMonth.name}`;
  }
  if (first.unworked === second.unworked) return '';
  const part = first.unworked > total / 2 ? 'most of them' : 'above all';
  return `, ${part} ${first.name}'s${inMonth === null ? '' : ` in ${inMonth.name}`}`;
}

/** The month that has more than half of what a subject leaves unworked; null where none has. */
function monthOfMost(
  { plan: { model } }: Scope,
  { rows, unworked }: Subject,
): { name: string; share: number } | null {
  const most = rows.find((of) => of.unworked > unworked / 2);
  if (most === undefined) return null;
  const write = model.to - model.from < 12 ? monthName : monthAndYear;
  return { name: write(addMonths(model.from, most.month)), share: most.unworked / unworked };
}

interface Subject {
  readonly name: string;
  readonly rows: CapacityRow[];
  readonly unworked: number;
}

/** Reps, or those whose territories are open, the most unworked first. */
function bySubject(rows: readonly CapacityRow[]): Subject[] {
  const found = new Map<string, { name: string; rows: CapacityRow[] }>();
  for (const of of rows) {
    const { team, territory } = of.key;
    const name = personOf(of.key) ?? team ?? 'the company';
    const id = [team, name, territory].join('\u0000');
    const known = found.get(id);
    if (known) known.rows.push(of);
    else found.set(id, { name, rows: [of] });
  }
  return [...found.values()]
    .map((one) => ({ ...one, unworked: unworkedIn(one.rows) }))
    .sort((one, other) => other.unworked - one.unworked);
}

/** `84 leads of the year are in Gil Santos's open territory, with nobody to work them until somebody is hired.` */
function openText(
  scope: Scope,
  periods: Periods,
  { stage, rows, isMore }: AskedAtStage & { readonly isMore: boolean },
): string {
  const total = unworkedIn(rows);
  const subjects = bySubject(rows);
  const where =
    subjects.length === 1
      ? `${subjects[0]!.name}'s open territory`
      : `${count(subjects.length)} open territories, above all ${subjects[0]!.name}'s`;
  const word = scope.plan.model.stages[stage]!;
  const many = isMore ? `${count(total)} more` : `${counted(total, word)} of ${spanOf(scope, periods)}`;
  const [are, them] = total === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${many} ${are} in ${where}, with nobody to work ${them} until somebody is hired.`;
}

function unworkedIn(rows: readonly CapacityRow[]): number {
  return rows.reduce((sum, { unworked }) => sum + unworked, 0);
}

/** `the year`; once it has begun `the rest of the year`. */
function spanOf(scope: Scope, periods: Periods): string {
  const planned = whatIsPlanned(scope, periods);
  if (scope.plan.clock.asOfMonth < 0) return planned;
  return scope.everybody ? planned.replace('the ', 'the rest of the ') : `the rest of ${planned}`;
}

/** Stages at which reps can work all they are asked for, with how much of their capacity that takes; and people that are not known. */
export function capacityNotes(scope: Scope): Prose[] {
  const fits = askedByStage(scope)
    .map((asked) => ({ ...asked, rows: asked.rows.filter(isOfRep) }))
    .filter(({ rows }) => rows.length > 0 && rows.every(({ unworked }) => unworked === 0));
  return [
    ...fits.map((asked) => prose(fitsText(scope, asked), 'dim')),
    ...unknownPeople(scope),
    ...hiddenLine(scope),
  ];
}

/** People work for all sources: why a part of them has no capacity. */
function hiddenLine({ plan: { model }, selection: { sources, owners } }: Scope): Prose[] {
  const options = [...(sources.length > 0 ? ['--source'] : []), ...(owners.length > 0 ? ['--owner'] : [])];
  if (options.length === 0 || model.capacity.every((perRep) => perRep === null)) return [];
  return [prose(`capacity is of all sources together: leave out ${listed(options)} to see it`, 'dim')];
}

/** `reps can work all leads asked of them: 71% of what they can (60 a month), the most in East, 93%`. */
function fitsText({ plan: { model } }: Scope, { stage, perRep, rows }: AskedAtStage): string {
  const teams = highestTeams(rows)
    .map(({ team, rows: own }) => ({ team, share: shareUsed(own) }))
    .sort((one, other) => other.share - one.share);
  const most = teams.length > 1 ? `, the most in ${teams[0]!.team}, ${wholePercent(teams[0]!.share)}` : '';
  const able = `${wholePercent(shareUsed(rows))} of what they can (${factor(perRep)} a month)`;
  return `reps can work all ${plural(model.stages[stage]!)} asked of them: ${able}${most}`;
}

/** Records asked for ÷ those that can be worked; 0 where nobody is there. */
function shareUsed(rows: readonly CapacityRow[]): number {
  const capacity = rows.reduce((sum, of) => sum + of.capacity, 0);
  return capacity > 0 ? rows.reduce((sum, of) => sum + of.goal, 0) / capacity : 0;
}

/** More teams than this are counted, not named. */
const MOST_NAMES = 3;

/** A quota planned as a team or the company is of an unknown number of people: said where it has goals to work. */
function unknownPeople(scope: Scope): Prose[] {
  const { model, clock } = scope.plan;
  const { sources, owners } = scope.selection;
  if (sources.length > 0 || owners.length > 0) return [];
  const stages = [...model.capacity.keys()].filter((stage) => model.capacity[stage] !== null);
  const isAsked = (line: (typeof scope.lines)[number]) =>
    stages.some((stage) => sumOver(goalsOf(scope, [line], stage), 0, clock.months - 1) > 0);
  const lines = scope.lines.filter((line) => line.level !== 'rep' && isAsked(line));
  if (lines.length === 0) return [];
  const names = [...new Set(lines.map(({ team }) => team ?? 'the company'))];
  const whose = names.length > MOST_NAMES ? `${count(names.length)} teams` : listed(names);
  const its = names.length === 1 ? 'its quota has' : 'their quotas have';
  return [prose(`capacity counts reps: how many there are in ${whose} is not known, ${its} none`, 'dim')];
}
