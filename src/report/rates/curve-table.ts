/** How long it takes: of what ever converts, the share that has so many months later, as numbers and as bars. */
import type { HistoryEstimate, LagCurve } from '../../history/estimate.ts';
import type { Block, Choice, Table } from '../block.ts';
import { row } from '../block.ts';
import { left, right } from '../columns.ts';
import { chance, GLUE, NONE } from '../format.ts';
import { isWhole, transitionName } from '../history/history-words.ts';
import { shortStage } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { isPart } from './rates-selection.ts';

/** Cells of a bar. */
const BAR = 20;

/** A curve is drawn until so much of it is there. */
const ALL = 0.995;

/** Months that are shown of a long curve: all of the first half year, then fewer. */
const MONTHS: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120,
];
const SHORT = 13;

export function curveTable({ curves, stages }: HistoryEstimate, selection: Selection): Block[] {
  const { sources } = selection;
  if (isPart(selection) || sources.length > 1) return [];
  const of = curves.filter(({ source }) => source === (sources[0] ?? null));
  const whole = of.find((curve) => isWhole(stages, curve));
  if (whole === undefined || endOf(whole) <= 0) return [];
  const steps = of.filter((curve) => curve !== whole);
  const rows = monthsOf(whole).map((month) => {
    const share = shareAt(whole, month);
    const cells: Record<string, string> = { bar: barOf(share), whole: chance(share) };
    for (const step of steps) cells[keyOf(step)] = endOf(step) > 0 ? chance(shareAt(step, month)) : NONE;
    return row([labelOf(month)], cells);
  });
  const title = 'how long it takes, of all that ever convert';
  return [
    {
      kind: 'table',
      flush: null,
      choices: choicesOf(stages, steps, whole),
      sections: [{ title, rows }],
    } satisfies Table,
  ];
}

const endOf = ({ byMonth }: LagCurve): number => byMonth.at(-1) ?? 0;

/** A curve that has ended stays where it is. */
function shareAt(curve: LagCurve, month: number): number {
  const { byMonth } = curve;
  return Math.min(1, byMonth[Math.min(month, byMonth.length - 1)]! / endOf(curve));
}

function monthsOf(curve: LagCurve): number[] {
  const end = curve.byMonth.findIndex((_, month) => shareAt(curve, month) >= ALL);
  const all = Array.from({ length: end + 1 }, (_, month) => month);
  return all.length <= SHORT ? all : all.filter((month) => MONTHS.includes(month) || month === end);
}

function barOf(share: number): string {
  const full = Math.round(share * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function labelOf(month: number): string {
  if (month === 0) return 'same month';
  return `${month}${GLUE}${month === 1 ? 'month' : 'months'} later`;
}

const keyOf = ({ from, to }: LagCurve): string => `step ${from} ${to}`;

function choicesOf(stages: readonly string[], steps: readonly LagCurve[], whole: LagCurve): Choice[] {
  const name = (curve: LagCurve) => transitionName(stages, curve, shortStage);
  const bars = [left('bar', name(whole), 'whole'), right('whole', '', 'whole')];
  const columns = steps.map((step) => right(keyOf(step), name(step), 'steps'));
  const labelRoom = 15;
  return [
    { columns: [...columns, ...bars], leftOut: null, labelRoom },
    ...(steps.length > 0 ? [{ columns: bars, leftOut: 'single steps', labelRoom }] : []),
  ];
}
