/** What the report of sensitivity says, in blocks: what a point of a rate saves, the tornado, and what ranges rest on. */
import { clockOf } from '../../plan/clock.ts';
import type { Bar, Sensitivity } from '../../scenario/sensitivity/sensitivity.ts';
import { type Block, mapTexts, type Prose, printable, prose } from '../block.ts';
import { count, dayName, GLUE, monthSpan, records } from '../format.ts';
import { counted, listed, stageWord } from '../plan/plan-words.ts';
import { whatIfLine } from '../what-if.ts';
import { tornadoTable } from './sensitivity-table.ts';
import { goalWord, nameOf, type SensitivityShown, whoseOf } from './sensitivity-words.ts';
import type { Marks } from './tornado.ts';

/** Blocks of the report; every text in them is safe to print. Null: without bars. */
export function sensitivityView(shown: SensitivityShown, marks: Marks | null): Block[] {
  return blocksOf(shown, marks).map((block) => mapTexts(block, printable));
}

function blocksOf(shown: SensitivityShown, marks: Marks | null): Block[] {
  const { sensitivity } = shown;
  const head = headLine(shown);
  if (sensitivity.bars.length === 0) return [head, nothingLine(shown)];
  const opening = [head, ...whatIfLine(sensitivity.model)];
  if (isStill(sensitivity)) return [...opening, stillLine(sensitivity)];
  return [
    ...opening,
    ...pickedLine(shown),
    ...savingLine(sensitivity),
    ...tornadoTable(shown, marks),
    ...legendLines(sensitivity, marks),
    ...basisLines(sensitivity),
    ...leftOutLine(sensitivity),
  ];
}

/** `Northwind FY2028 · Feb 2027 – Jan 2028 · 12,310 leads · data to 31 Jan 2027`. */
function headLine({ sensitivity, picked }: SensitivityShown): Prose {
  const { model, leads, stage } = sensitivity;
  const parts = [
    ...(model.name === null || model.name === '' ? [] : [model.name]),
    monthSpan(model.from, model.to),
    `${picked.length === 0 ? '' : "the company's "}${counted(leads, stageWord(model.stages[stage]!))}`,
    `data${GLUE}to${GLUE}${dayName(model.asOf)}`,
  ];
  return prose(parts.join(' · '), 'strong');
}

/** Inputs of a team or source alone move the goal of all. */
function pickedLine({ picked }: SensitivityShown): Prose[] {
  if (picked.length === 0) return [];
  return [prose(`Only inputs of ${listed(picked)} are shown, by what they move of the company's goal.`)];
}

/** Why there are no inputs: those of a source that stands for nothing, or of nobody. */
function nothingLine({ sensitivity: { model }, picked }: SensitivityShown): Prose {
  const idle = model.sources.flatMap(({ name, share }) =>
    name !== null && !(share > 0) && picked.includes(name) ? [name] : [],
  );
  if (idle.length === 0) return prose('Nothing in the plan is selected.');
  const none = `${listed(idle)} ${idle.length === 1 ? 'stands' : 'stand'} for no part of the quota`;
  return prose(`${none}: nothing of ${idle.length === 1 ? 'it' : 'them'} moves the goal.`);
}

/** Whether nothing of all that is tried changes anything. */
function isStill({ bars, leads }: Sensitivity): boolean {
  return bars.every(
    ({ leadsLow, leadsHigh, perPoint }) => leadsLow === leads && leadsHigh === leads && (perPoint ?? 0) === 0,
  );
}

/** Months that are over have what was reached; else no goals are left to be moved. */
function stillLine(of: Sensitivity): Prose {
  const { asOfMonth, gone, months } = clockOf(of.model);
  const leads = goalWord(of);
  const isOver = asOfMonth + gone >= months;
  const why = isOver ? 'Every month of the plan is over' : `No more ${leads} are asked for`;
  return prose(`${why}: there is no input that moves the ${leads}.`);
}

/** `One more point of conversation → opportunity saves 212 leads a quarter.` Of all where there is such a rate. */
function savingLine(of: Sensitivity): Prose[] {
  const rates = of.bars.filter(({ perPoint }) => perPoint !== null);
  const overall = rates.filter(({ team, source }) => team === null && source === null);
  const best = (overall.length > 0 ? overall : rates).reduce<Bar | null>(
    (most, bar) => (most === null || bar.perPoint! > most.perPoint! ? bar : most),
    null,
  );
  if (best === null || !(best.perPoint! >= LEAST_SAVING)) return [];
  const whose = whoseOf(best);
  const saved = `${records(best.perPoint!)}${GLUE}${goalWord(of)}`;
  return [
    prose(
      `One more point of ${nameOf(of, best)}${whose === '' ? '' : ` (${whose})`} saves ${saved} a quarter.`,
    ),
  ];
}

/** Less than this is written as 0. */
const LEAST_SAVING = 0.05;

/** How bars and numbers are read. */
function legendLines(of: Sensitivity, marks: Marks | null): Prose[] {
  const bars =
    marks === null ? '' : `bars: ${marks.low} with the input at its low end, ${marks.high} at its high end; `;
  const ends = `at low, at high: how the ${count(of.leads)} ${goalWord(of)} change`;
  const isWithPoints = of.bars.some(({ perPoint }) => perPoint !== null);
  const point = isWithPoints ? '; +1 point: change a quarter with the rate a percentage point higher' : '';
  return [prose(`${bars}${ends}${point}`, 'dim')];
}

/** What ranges rest on: records, amounts of deals, or nothing. */
function basisLines(of: Sensitivity): Prose[] {
  const by = (basis: Bar['basis']) => of.bars.filter((bar) => bar.basis === basis);
  const lags = of.bars.filter(({ what }) => what === 'lag');
  const taken = by('taken').filter(({ what }) => what !== 'lag');
  const lines = [
    ...(by('measured').length + by('counted').length > 0
      ? [`rates: where they lie with 80% probability, ${evidenceText(by('measured'), by('counted'))}`]
      : []),
    ...(by('spread').length > 0
      ? ['deal size: where its mean lies with 80% probability, by the amounts of closed deals']
      : []),
    ...(taken.length > 0
      ? [`no counts behind it: 10% to either side taken of ${takenNames(of, taken)}`]
      : []),
    ...(lags.length > 0 ? ['lags: a month shorter and a month longer, never below 0'] : []),
  ];
  return lines.map((line) => prose(line, 'dim'));
}

function evidenceText(measured: readonly Bar[], counts: readonly Bar[]): string {
  if (counts.length === 0) return 'as measured';
  return measured.length === 0 ? 'by their counts' : 'as measured, or by their counts';
}

/** Each name once; the shares of sources as one. */
function takenNames(of: Sensitivity, bars: readonly Bar[]): string {
  const names = bars.map((bar) => (bar.what === 'share' ? 'the shares of sources' : nameOf(of, bar)));
  return listed([...new Set(names)]);
}

function leftOutLine({ teamsLeftOut }: Sensitivity): Prose[] {
  if (teamsLeftOut === 0) return [];
  return [prose(`rates differ between ${count(teamsLeftOut)} teams: --level team shows them`, 'dim')];
}
