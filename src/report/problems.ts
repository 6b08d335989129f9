/** Problems as people and programs read them: `file:line:column: message`, a hint, repeats grouped; or JSON. */
import type { Problem, Where } from '../problem.ts';
import { WORDING, wordsOf } from './wording/wording.ts';

/** What is wrong, in words. */
export function problemMessage(problem: Problem): string {
  return WORDING[problem.code]?.message(wordsOf(problem.arguments)) ?? problem.code;
}

/** What to do about it; null where the message says it all. */
export function problemHint(problem: Problem): string | null {
  return WORDING[problem.code]?.hint(wordsOf(problem.arguments)) || null;
}

/** Of repeats of the same fault in one file, this many are shown. */
const SHOWN = 3;

/** Lines for people: errors first, then warnings; repeats of a code in a file are grouped. */
export function problemLines(problems: readonly Problem[]): string[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${problem.severity}|${problem.code}|${problem.where.file ?? ''}|${problemHint(problem)}`;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  const bySeverity = (severity: Problem['severity']) =>
    [...groups.values()].filter((group) => group[0]!.severity === severity);
  return [...bySeverity('error'), ...bySeverity('warning')].flatMap(groupLines);
}

function groupLines(group: readonly Problem[]): string[] {
  const lines = group.slice(0, SHOWN).map((problem) => {
    const place = placeText(problem.where);
    const kind = problem.severity === 'warning' ? 'warning: ' : '';
    return `${place === '' ? '' : `${place}: `}${kind}${problemMessage(problem)}`;
  });
  if (group.length > SHOWN) {
    const rest = group.slice(SHOWN);
    const told = rest.flatMap(({ where }) => where.line ?? []);
    const from = told.reduce((least, line) => Math.min(least, line), Number.POSITIVE_INFINITY);
    const to = told.reduce((most, line) => Math.max(most, line), 0);
    const where = told.length === 0 ? '' : from === to ? `, line ${from}` : `, lines ${from} to ${to}`;
    lines.push(`  … and ${rest.length} more like this${where}`);
  }
  const hint = problemHint(group[0]!);
  if (hint !== null) lines.push(`  hint: ${hint}`);
  return lines;
}

function placeText({ file, line, column }: Where): string {
  if (file === null) return '';
  return [file, line, column].filter((part) => part !== null).join(':');
}

/** One JSON document for all problems. */
export function problemJson(problems: readonly Problem[]): string {
  const rows = problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    file: problem.where.file,
    line: problem.where.line,
    column: problem.where.column,
    message: problemMessage(problem),
    hint: problemHint(problem),
  }));
  return `${JSON.stringify({ format: 'leadgoal.problems', problems: rows }, null, 2)}\n`;
}
