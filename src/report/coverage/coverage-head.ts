/** The first lines of the coverage report: what is closed, to go, open; where it lands; what is in no number. */
import type { Coverage, CoverageRow, Tally } from '../../coverage/coverage.ts';
import { addMonths, firstDay, lastDay } from '../../period/month.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import { type Block, type Prose, prose } from '../block.ts';
import {
  type AmountUnit,
  cellAmount,
  chance,
  count,
  dayName,
  GLUE,
  monthSpan,
  shortAmount,
  times,
} from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { counted } from '../plan/plan-words.ts';

/** `Northwind FY2028 · FY28 Q1 (Feb – Apr 2027), day 43 of 89 · data to 15 Mar 2027`. */
export function headLine({ model, periods }: Coverage, picked: string | null): Prose {
  const [current] = periods;
  const parts = [
    ...(model.name === null || model.name === '' ? [] : [model.name]),
    ...(picked === null ? [] : [picked]),
    ...(current === undefined ? [] : [periodText(model, current)]),
    `data to ${dayName(model.asOf)}`,
  ];
  return prose(parts.join(' · '), 'strong');
}

function periodText(model: Coverage['model'], period: PlanPeriod): string {
  const first = addMonths(model.from, period.first);
  const last = addMonths(model.from, period.last);
  const days = lastDay(last) - firstDay(first) + 1;
  const gone = model.asOf - firstDay(first) + 1;
  const day = gone > 0 && gone <= days ? `, day${GLUE}${gone} of${GLUE}${days}` : '';
  const span = period.grain === 'month' ? '' : ` (${monthSpan(first, last)})`;
  return `${periodTitle(model, period)}${span}${day}`;
}

/** `FY28 Q1: $1.09M of $2.63M closed, $1.54M to go; $2.91M open is 1.9× that, 6.1× would be enough. It lands at …`. */
export function sentenceOf(coverage: Coverage, row: CoverageRow, unit: AmountUnit): Prose {
  const money = (value: number) => shortAmount(value, unit);
  const name = periodTitle(coverage.model, row.period);
  const closed = cellAmount(row.closed, unit);
  const start = `${name}: ${closed} of ${money(row.quota)} closed`;
  if (row.status === 'no_quota') return prose(`${name}: no quota`);
  if (row.toGo === 0) return prose(`${start}: the quota is made.`);
  if (isOver(coverage, row)) return prose(`${start}: ${money(row.toGo)} short.`);
  const open =
    row.open > 0
      ? `; ${money(row.open)} open is ${times(row.toGoCoverage)} that${enoughText(row)}`
      : '; nothing open';
  const middle = `${start}, ${money(row.toGo)} to go${open}.`;
  return prose(`${middle}${landing(coverage, row, unit)}`);
}

function enoughText({ enough }: CoverageRow): string {
  if (enough === null) return '';
  return enough > 0 ? `, ${times(enough)} would be enough` : ', and more than enough is still to be created';
}

/** Whether nothing of the period is left. */
function isOver({ clock }: Coverage, { period }: CoverageRow): boolean {
  return clock.asOfMonth > period.last || (clock.asOfMonth === period.last && clock.gone === 1);
}

function landing({ model }: Coverage, row: CoverageRow, unit: AmountUnit): string {
  if (row.lands === null || row.versusQuota === null) return '';
  const gap = row.versusQuota;
  const side = `${cellAmount(Math.abs(gap), unit)} ${gap >= 0 ? 'over' : 'short'}`;
  const odds = `; the chance of reaching the quota is ${chance(row.chance)}`;
  const lag = ` With the plan's goals met it lands at ${shortAmount(row.lands, unit)}, ${side}${odds}.`;
  return gap >= 0 ? lag : `${lag}${remedy(model, row)}`;
}

/** Below this chance, opportunities created now cannot help any more. */
const TOO_LATE = 0.1;

/** Unless it is low for another reason: most of those that ever close still would in time. */
const MOSTLY = 0.5;

/** How many new opportunities would close the gap, or that it is too late for them. */
function remedy({ stages }: Coverage['model'], row: CoverageRow): string {
  const { shortOpportunities, freshChance, freshShare } = row;
  if (freshChance === null) return '';
  const isLate = freshChance < TOO_LATE && freshShare < MOSTLY;
  if (shortOpportunities === null || isLate) return ' Too late for new leads: pull in or accept.';
  const needed = Math.ceil(shortOpportunities - 1e-9);
  const stage = stages[stages.length - 2]!;
  return ` ${counted(needed, `more ${stage}`)} would close the gap.`;
}

/** What is in no number, or not to be relied on, a line each. */
export function apartLines(
  coverage: Coverage,
  row: CoverageRow,
  of: { unit: AmountUnit; isAll: boolean },
): Block[] {
  const { unit } = of;
  const lines: Block[] = [];
  const { leftOut } = coverage.model.pipeline ?? { leftOut: { count: 0, amount: 0 } };
  if (of.isAll && leftOut.count > 0) lines.push(prose(`! not in plan: ${tally(leftOut, unit)}`, 'warning'));
  const apart = [
    ...(row.overdue.count > 0 ? [`overdue ${tally(row.overdue, unit)}`] : []),
    ...(row.undated.count > 0 ? [`without a close date ${tally(row.undated, unit)}`] : []),
  ];
  if (apart.length > 0) lines.push(prose(`! not in open: ${apart.join('; ')}`, 'warning'));
  if (row.stale.count > 0)
    lines.push(prose(`! stale, older than any deal takes to close: ${tally(row.stale, unit)}`, 'warning'));
  return lines;
}

/** `3 deals, $85k`. */
function tally({ count: deals, amount }: Tally, unit: AmountUnit): string {
  const worth = unit.kind === 'deals' || amount === 0 ? '' : `,${GLUE}${shortAmount(amount, unit)}`;
  return `${count(deals)}${GLUE}${deals === 1 ? 'deal' : 'deals'}${worth}`;
}
