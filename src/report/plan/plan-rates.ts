/** What the goals rest on: conversion rates with their evidence; lags, and deal sizes where there are several. */
import { yieldOver } from '../../funnel/rate.ts';
import type { Assumption } from '../../plan/plan.ts';
import { type Block, type Choice, type Column, prose, type Row, row, type Table } from '../block.ts';
import { count, NONE, percent, percentRange, records } from '../format.ts';
import { dealSizeLine, lagLine, measuredLine, nameOfFile } from './plan-rests.ts';
import type { Scope } from './plan-scope.ts';
import { firstOf, labelOf, type Subject, setOf, subjectsOf } from './plan-subjects.ts';
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
    ...measuredLine(scope),
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
    choices: rateChoices(stages, {
      blended,
      counts: rows.some(({ cells }) => cells.counts !== ''),
      measured: rows.some(({ cells }) => cells.interval !== undefined),
    }),
    flush: null,
  };
}

/** Whether what is used is not the ratio of the counts. */
function isBlended(rate: Assumption): boolean {
  const raw = rawOf(rate);
  return raw !== null && percent(raw) !== percent(rate.value);
}

/** The ratio of the counts; null where there are none, or where a what-if changed what is made of them. */
function rawOf({ basis, records: entered, converted, set }: Assumption): number | null {
  const isOfCounts = basis === 'counted' && set === null;
  return isOfCounts && entered !== null && converted !== null ? converted / entered : null;
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
  const interval = whole ? intervalOf(given) : null;
  if (interval !== null) cells.interval = `(${interval})`;
  const { counts, basis, where, set } = evidenceOf(given);
  cells.counts = counts;
  cells.basis = [basis, ...set].join(', ');
  cells['basis and place'] = [basis, ...(where === '' ? [] : [where]), ...set].join(', ');
  const [label, ...source] = labelOf(subject, 'all') as [string];
  const others = subject.others > 0 ? ` and ${count(subject.others)} more` : '';
  return row([label + others, ...source], cells);
}

/**
 * `3.6–4.1`: the 80 % interval of a product of measured rates. The parts by which each may be too high add up in
 * squares, and so do those by which each may be too low; of one rate it is its own interval. Null where a rate has none.
 */
function intervalOf(rates: readonly Assumption[]): string | null {
  let below = 0;
  let above = 0;
  for (const { value, low, high } of rates) {
    if (low === null || high === null) return null;
    below += ((value - low) / value) ** 2;
    above += ((high - value) / value) ** 2;
  }
  const whole = yieldOver(rates.map(({ value }) => value));
  return percentRange(
    Math.max(0, whole * (1 - Math.sqrt(below))),
    Math.min(1, whole * (1 + Math.sqrt(above))),
  );
}

function rawText(share: number): string {
  return `(raw ${percent(share)})`;
}

interface Evidence {
  readonly counts: string;
  readonly basis: string;
  readonly where: string;
  /** `set +10%`: what a what-if changed of any of them. */
  readonly set: readonly string[];
}

/** `373 of 9,590` where the counts of all stages are those of the same records; typed or measured; and where. */
function evidenceOf(rates: readonly Assumption[]): Evidence {
  const chained = rates.every(
    ({ records: entered, converted }, index) =>
      entered !== null && converted !== null && (index === 0 || rates[index - 1]!.converted === entered),
  );
  const counts = chained ? countsOf(rates[0]!, rates.at(-1)!) : '';
  const measured = rates.filter(({ basis }) => basis === 'measured').length;
  const basis = measured === 0 ? 'typed' : measured === rates.length ? 'measured' : 'measured and typed';
  const place = rates.find(({ where }) => where !== null && where.file !== null)?.where ?? null;
  // Measured rates stand in a row each, not in one line.
  const line = place === null || place.line === null || measured > 0 ? '' : `:${place.line}`;
  return {
    counts,
    basis,
    where: place === null ? '' : `${nameOfFile(place.file!)}${line}`,
    set: setOf(rates),
  };
}

/** `373 of 9,590`; without records of one's own, whose rate it is: `of the team`, `of all`. */
function countsOf(first: Assumption, last: Assumption): string {
  if (first.records !== 0) return `${records(last.converted!)} of ${records(first.records!)}`;
  return first.answeredBy?.startsWith('team') ? 'of the team' : 'of all';
}

interface Shown {
  /** Whether what is used differs from the ratio of the counts. */
  readonly blended: boolean;
  readonly counts: boolean;
  /** Whether there are intervals. */
  readonly measured: boolean;
}

/** From full stage names, raw ratios and places down to rates alone. */
function rateChoices(stages: readonly string[], { blended, counts, measured }: Shown): Choice[] {
  const full = { name: stageWord, raw: blended, rawYield: blended, interval: measured };
  const brief = { ...full, name: shortStage, raw: false, rawYield: false };
  const briefest = { ...brief, interval: false };
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
    ...(measured ? [[...rateColumns(stages, briefest), ...records, basis]] : []),
    [...rateColumns(stages, briefest), basis],
    [...rateColumns(stages, briefest)],
    [column('yield', yieldHead(stages, shortStage)), basis],
  ];
  return sets.map((columns) => ({ columns, leftOut: null, labelRoom: LABEL_ROOM }));
}

function rateColumns(
  stages: readonly string[],
  of: { name: (stage: string) => string; raw: boolean; rawYield: boolean; interval: boolean },
): Column[] {
  const columns = stages.slice(1).flatMap((stage, index) => {
    const from = index === 0 ? `${of.name(stages[0]!)} ` : '';
    const rate = column(`rate ${index}`, tied(`${from}→ ${of.name(stage)}`));
    return of.raw ? [rate, column(`raw ${index}`, '', 'left')] : [rate];
  });
  const interval = of.interval ? [column('interval', '', 'left')] : [];
  if (stages.length === 2) return [...columns, ...interval];
  const whole = column('yield', yieldHead(stages, of.name));
  return [...columns, whole, ...(of.rawYield ? [column('raw yield', '', 'left')] : []), ...interval];
}

function yieldHead(stages: readonly string[], name: (stage: string) => string): string {
  return tied(`${name(stages[0]!)} → ${name(stages.at(-1)!)}`);
}

function column(key: string, head: string, align: Column['align'] = 'right'): Column {
  return { key, head, align, group: 'rates' };
}
