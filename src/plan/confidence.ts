/** Sizing goals for a chance: how many times what is required makes the company reach its quota as surely as wanted. */
import { NOWHERE, type Problem, warning } from '../problem.ts';
import { chanceBook } from './chances/chances.ts';
import { CLOSE_ENOUGH, MOST_TIMES } from './chances/lead-times.ts';
import { finestLines } from './finest.ts';
import type { Line } from './line.ts';
import type { ChanceRow } from './plan.ts';
import type { PlannedUnit, Prepared } from './prepare.ts';

export interface Sized {
  readonly times: number;
  readonly problems: readonly Problem[];
}

/**
 * The smallest times with which every year of the plan is reached with the wanted chance, whole goals and all; 1
 * without `confidence`. Warnings: `confidence_out_of_reach` for a year that three times do not make sure: it
 * is left aside.
 */
export function timesForConfidence(prepared: Prepared): Sized {
  const { confidence } = prepared.context.model;
  if (confidence === null) return { times: 1, problems: [] };
  const units = [...prepared.units()];
  const most = yearsAt(prepared, units, MOST_TIMES);
  const lost = most.filter(({ chance }) => chance! < confidence);
  const problems = lost.map(({ period, chance }) => {
    const args = { wanted: confidence, times: MOST_TIMES, chance: chance!, period: period.label };
    return warning('confidence_out_of_reach', NOWHERE, args);
  });
  const isLost = (row: ChanceRow) => lost.some(({ period }) => period.label === row.period.label);
  const isEnough = (times: number) =>
    yearsAt(prepared, units, times).every((row) => isLost(row) || row.chance! >= confidence);
  if (isEnough(1)) return { times: 1, problems };
  let low = 1;
  let high = MOST_TIMES;
  while (high - low > CLOSE_ENOUGH) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return { times: high, problems };
}

/** The company's chances by year with goals of so many times what is required. */
function yearsAt({ context }: Prepared, units: readonly PlannedUnit[], times: number): ChanceRow[] {
  const book = chanceBook(context, { teams: false });
  for (const planned of units) book.add(planned, linesAt(planned, { context, times }));
  return book.rows().filter(({ period, chance }) => period.grain === 'year' && chance !== null);
}

function linesAt(planned: PlannedUnit, of: Pick<Prepared, 'context'> & { times: number }): Line[] {
  const { carrier, source, past, quota, path } = planned;
  const { clock, back } = of.context;
  const stages = planned.unit.stages.map((exact, stage) =>
    stage === path.first && stage < path.last ? exact!.map((value) => value * of.times) : null,
  );
  return finestLines({ carrier, source, unit: { ...planned.unit, stages }, past, quota, clock, back });
}
