/** What the goals rest on: conversion rates with their evidence, lags, and deal sizes where there are several. */
import { meanWait } from '../../funnel/lag.ts';
import { yieldOver } from '../../funnel/rate.ts';
import type { Assumption } from '../../plan/plan.ts';
import { type Block, type Choice, type Column, prose, type Row, row, type Table } from '../block.ts';
import { amount, count, duration, NONE, percent, records } from '../format.ts';
import type { Scope } from './plan-scope.ts';
import { assumptionsFor, firstOf, labelOf, type Subject, subjectsOf } from './plan-subjects.ts';
import { shortStage, stageWord, tied } from './plan-words.ts';

const LABEL_ROOM = 24;

export function rateBlocks(scope: Scope): Block[] {
  const subjects = subjectsOf(scope);
  if (subjects.length === 0) return [lagLine(scope)];
  const shown = firstOf(subjects);
  const more = subjects.length - shown.length;
  return [
    rateTable(scope, shown),
    ...(more > 0 ? [prose(`and ${count(more)} more: --format json has them all`, 'dim')] : []),
    lagLine(scope),
    ...dealSizeLine(scope),
  ];
}

function rateTable(scope: Scope, subjects: readonly Subject[]): Table {
  const { stages } = scope.plan.model;
  const blended = subjects.some(({ rates }) => rates.some((rate) => rate !== null && isBlended(rate)));
  const rows = subjects.map(subjectRow);
  return {
    kind: 'table',
    sections: [{ title: 'rates', rows }],
    choices: rateChoices(stages, { blended, counts: rows.some(({ cells }) => cells.counts !== '') }),
    flush: null,
  };
}

/** Whether what is used is not the ratio of the counts. */
function isBlended(rate: Assumption): boolean {
  const raw = rawOf(rate);
  return raw !== null && percent(raw) !== percent(rate.value);
}

function rawOf({ basis, records: entered, converted }: Assumption): number | null {
  return basis !== 'counted' || entered === null || converted === null ? null : converted / entered;
}

function subjectRow(subject: Subject): Row {
  const { rates } = subject;
  const cells: Record<string, string> = {};
  for (const [index, rate] of rates.entries()) {
    cells[`rate ${index}`] = rate === null ? NONE : percent(rate.value);
    if (rate !== null && isBlended(rate)) cells[`raw ${index}`] = rawText(rawOf(rate)!);
  }
  const given = rates.filter((rate) => rate !== null);
  const whole = given.length === rates.length;
  cells.yield = whole ? percent(yieldOver(given.map(({ value }) => value))) : NONE;
  const raw = given.map(rawOf);
  if (whole && given.some(isBlended) && !raw.includes(null))
    cells['raw yield'] = rawText(yieldOver(raw as number[]));
  const { counts, basis, where } = evidenceOf(given);
  cells.counts = counts;
  cells.basis = basis;
  cells['basis and place'] = where === '' ? basis : `${basis}, ${where}`;
  const [label, ...source] = labelOf(subject, 'all') as [string];
  const others = subject.others > 0 ? ` and ${count(subject.others)} more` : '';
  return row([label + others, ...source], cells);
}

function rawText(share: number): string {
  return `(raw ${percent(share)})`;
}

interface Evidence {
  readonly counts: string;
  readonly basis: string;
  readonly where: string;
}

/** `373 of 9,590` where the counts of all stages are those of the same records; typed or measured; and where. */
function evidenceOf(rates: readonly Assumption[]): Evidence {
  const chained = rates.every(
    ({ records: entered, converted }, index) =>
      entered !== null && converted !== null && (index === 0 || rates[index - 1]!.converted === entered),
  );
  const counts = chained ? `${records(rates.at(-1)!.converted!)} of ${records(rates[0]!.records!)}` : '';
  const measured = rates.filter(({ basis }) => basis === 'measured').length;
  const basis = measured === 0 ? 'typed' : measured === rates.length ? 'measured' : 'measured and typed';
  const place = rates.find(({ where }) => where !== null && where.file !== null)?.where ?? null;
  const line = place === null || place.line === null ? '' : `:${place.line}`;
  return { counts, basis, where: place === null ? '' : `${nameOfFile(place.file!)}${line}` };
}

/** Without its folders: messages say those. */
function nameOfFile(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

interface Shown {
  /** Whether what is used differs from the ratio of the counts. */
  readonly blended: boolean;
  readonly counts: boolean;
}

/** From full stage names, raw ratios and places down to rates alone. */
function rateChoices(stages: readonly string[], { blended, counts }: Shown): Choice[] {
  const full = { name: stageWord, raw: blended, rawYield: blended };
  const brief = { name: shortStage, raw: false, rawYield: false };
  const head = counts ? '' : 'evidence';
  const records = counts ? [column('counts', 'evidence')] : [];
  const basis = column('basis', head, 'left');
  const place = column('basis and place', head, 'left');
  const sets: Column[][] = [
    [...rateColumns(stages, full), ...records, place],
    [...rateColumns(stages, { ...full, name: shortStage }), ...records, place],
    [...rateColumns(stages, { ...brief, rawYield: blended }), ...records, place],
    [...rateColumns(stages, brief), ...records, place],
    [...rateColumns(stages, brief), ...records, basis],
    [...rateColumns(stages, brief), basis],
    [...rateColumns(stages, brief)],
    [column('yield', yieldHead(stages, shortStage)), basis],
  ];
  return sets.map((columns) => ({ columns, leftOut: null, labelRoom: LABEL_ROOM }));
}

function rateColumns(
  stages: readonly string[],
  of: { name: (stage: string) => string; raw: boolean; rawYield: boolean },
): Column[] {
  const columns = stages.slice(1).flatMap((stage, index) => {
    const from = index === 0 ? `${of.name(stages[0]!)} ` : '';
    const rate = column(`rate ${index}`, tied(`${from}→ ${of.name(stage)}`));
    return of.raw ? [rate, column(`raw ${index}`, '', 'left')] : [rate];
  });
  if (stages.length === 2) return columns;
  const whole = column('yield', yieldHead(stages, of.name));
  return [...columns, whole, ...(of.rawYield ? [column('raw yield', '', 'left')] : [])];
}

function yieldHead(stages: readonly string[], name: (stage: string) => string): string {
  return tied(`${name(stages[0]!)} → ${name(stages.at(-1)!)}`);
}

function column(key: string, head: string, align: Column['align'] = 'right'): Column {
  return { key, head, align, group: 'rates' };
}

/** `lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.2 months on average`. */
function lagLine({ plan: { model } }: Scope): Block {
  const { stages, lags } = model;
  if (lags.every((lag) => lag === null))
    return prose('lags: none given, as if every lead closed in its own month', 'dim');
  const waits = lags.map((lag, index) => {
    const between = `${stageWord(stages[index]!)} → ${stageWord(stages[index + 1]!)}`;
    if (lag === null) return tied(`${between} none given`);
    return tied(`${between} ${duration(meanWait(lag))}${lag.kind === 'shares' ? ' on average' : ''}`);
  });
  return prose(`lags: ${waits.join(', ')}`, 'dim');
}

/** Only where there are several; the head has the one there is. */
function dealSizeLine(scope: Scope): Block[] {
  const sizes = assumptionsFor(scope, 'deal_size');
  if (new Set(sizes.map(({ value }) => value)).size < 2) return [];
  const shown = firstOf(sizes);
  const texts = shown.map((size) =>
    tied(`${labelOf(size, 'others').join(' ')} ${amount(size.value * 100, scope.unit)}`),
  );
  const more = sizes.length - shown.length;
  return [prose(`deal sizes: ${texts.join(', ')}${more > 0 ? `, and ${count(more)} more` : ''}`, 'dim')];
}
