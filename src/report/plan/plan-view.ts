/** What the report of a plan says, in blocks: how many leads, from whom, when; what is late; why; what it rests on. */
import type { Plan } from '../../plan/plan.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import { whatIfLine } from '../what-if.ts';
import { assumedLines, definitionLines, withoutLeadsLine } from './plan-assumed.ts';
import { bridgeTable, leadsForLate, wholeBridge } from './plan-bridge.ts';
import { capacityTables } from './plan-capacity.ts';
import { capacityLines, capacityNotes } from './plan-capacity-words.ts';
import { chanceLine, chanceTable } from './plan-chances.ts';
import { headLine, needsLine, uncountedLine } from './plan-head.ts';
import { lateLine } from './plan-late.ts';
import { leadValueBlocks } from './plan-lead-value.ts';
import { leadTables } from './plan-leads.ts';
import { originLine } from './plan-origin.ts';
import { periodsOf } from './plan-periods.ts';
import { rateBlocks } from './plan-rates.ts';
import { type Asked, scopeOf } from './plan-scope.ts';

/** Blocks of the report; every text in them is safe to print. */
export function planView(plan: Plan, selection: Asked): Block[] {
  return blocksOf(plan, selection).map((block) => mapTexts(block, printable));
}

function blocksOf(plan: Plan, selection: Asked): Block[] {
  const scope = scopeOf(plan, selection);
  const periods = periodsOf(plan.clock);
  if (scope.lines.length === 0) return [headLine(scope), prose('Nothing in the plan is selected.')];
  const bridge = wholeBridge(scope);
  const late = lateLine(scope, periods, bridge === null ? null : leadsForLate(bridge));
  const uncounted = uncountedLine(scope);
  return [
    headLine(scope),
    ...whatIfLine(plan.model),
    needsLine(scope, periods),
    ...originLine(scope),
    ...(late === null ? [] : [late]),
    ...capacityLines(scope, periods),
    ...chanceLine(scope, periods),
    ...leadTables(scope, periods),
    ...(uncounted === null ? [] : [uncounted]),
    ...capacityTables(scope, periods),
    ...capacityNotes(scope),
    ...(bridge === null ? [] : [bridgeTable(scope, periods, bridge)]),
    ...chanceTable(scope, periods),
    ...leadValueBlocks(scope, periods),
    ...rateBlocks(scope),
    ...withoutLeadsLine(scope),
    ...assumedLines(scope, periods),
    ...definitionLines(scope),
  ];
}
