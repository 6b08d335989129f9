/** What changed since an earlier coverage: how open moved, row by row, and the deals that moved most. */
import type { Change, Changes } from '../../coverage/changes/changes.ts';
import type { Movement } from '../../coverage/changes/movement.ts';
import type { Move } from '../../coverage/changes/moves.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { type Block, type Choice, type Column, prose, row } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { type AmountUnit, cellAmount, count, dayName, GLUE, NONE } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import type { Selection } from '../selection.ts';
import { inTableOrder, selectsKey, selectsMove } from './coverage-selection.ts';
import { nameOfRow } from './coverage-words.ts';

/** As many moves as one reads; JSON has them all. */
const SHOWN = 12;

export interface ChangesShown {
  readonly coverage: Coverage;
  readonly changes: Changes;
  readonly selection: Selection;
  readonly unit: AmountUnit;
}

export function changesTable(shown: ChangesShown): Block[] {
  const { coverage, changes, selection, unit } = shown;
  const [period] = coverage.periods;
  if (period === undefined) return [];
  const since = `since ${dayName(changes.since)}`;
  const rows = changes.rows.filter((change) => change.period === period && selectsKey(selection, change.key));
  const moved = rows.filter(({ movement }) => movement !== null && isMoved(movement));
  const name = periodTitle(coverage.model, period);
  if (rows.every(({ movement }) => movement === null))
    return [prose(`${name} ${since}: saved without its deals, so what moved is not known.`, 'dim', true)];
  const moves = movesTable(
    changes.moves.filter((move) => selectsMove(selection, move)),
    unit,
  );
  if (moved.length === 0) return [prose(`${name}: nothing in open moved ${since}.`, 'dim', true), ...moves];
  const title = `open in ${name} ${since}`;
  const shownRows = inTableOrder(moved.map((change) => ({ ...change, ...change.key })));
  return [
    {
      kind: 'table',
      flush: null,
      choices: CHOICES,
      sections: [{ title, rows: shownRows.map((change) => changeRow(change, unit)) }],
    },
    ...(moved.some(({ movement }) => otherOf(movement!) !== 0) ? [prose(OTHER, 'dim')] : []),
    ...moves,
  ];
}

const OTHER = 'other: amounts that changed, deals that changed hands, and deals no longer in the records';

/** What has no column of its own. */
function otherOf({ reassigned, removed, amounts }: Movement): number {
  return reassigned - removed + amounts;
}

function isMoved({ before, open, ...rest }: Movement): boolean {
  return before !== open || Object.values(rest).some((value) => value !== 0);
}

function changeRow({ key, movement, changes }: Change, unit: AmountUnit) {
  const money = (value: number) => (value === 0 ? NONE : cellAmount(value, unit));
  const plus = (value: number) => (value > 0 ? `+${money(value)}` : money(value));
  const { before, fresh, won, lost, slipped, pulledIn, open } = movement!;
  const change = (value: number | null | undefined) => (value == null ? NONE : plus(Math.round(value * 100)));
  return row(
    [nameOfRow(key)],
    {
      before: money(before),
      fresh: plus(fresh),
      won: money(-won),
      lost: money(-lost),
      slipped: money(-slipped),
      pulledIn: plus(pulledIn),
      other: plus(otherOf(movement!)),
      open: money(open),
      closed: change(changes.closed),
      lands: change(changes.lands),
    },
    {
      depth: key.team === null ? 0 : key.team.split('/').length - (key.level === 'rep' ? 0 : 1),
      tone: key.level === 'rep' ? 'usual' : 'strong',
    },
  );
}

const COLUMNS: readonly Column[] = [
  right('before', 'was', 'was'),
  right('fresh', 'new', 'moved'),
  right('won', 'won', 'moved'),
  right('lost', 'lost', 'moved'),
  right('slipped', 'slipped', 'moved'),
  right('pulledIn', 'pulled in', 'moved'),
  right('other', 'other', 'moved'),
  right('open', 'is', 'is'),
  right('closed', 'closed', 'result'),
  right('lands', 'lands', 'result'),
];

const CHOICES: readonly Choice[] = choicesWithout(COLUMNS, 16, [
  [[], null],
  [['closed', 'lands'], 'changes of closed and lands'],
  [['closed', 'lands', 'fresh', 'won', 'lost', 'slipped', 'pulledIn', 'other'], 'how it moved'],
]);

function movesTable(moves: readonly Move[], unit: AmountUnit): Block[] {
  if (moves.length === 0) return [];
  const rows = moves.slice(0, SHOWN).map((move) => {
    const label = move.name ?? move.account ?? move.id ?? NONE;
    const cells = {
      rep: move.rep ?? move.team ?? NONE,
      what: wordOf(move),
      amount: amountOf(move, unit),
      close: move.closeDate === null ? NONE : dayName(move.closeDate),
    };
    return row([label], cells);
  });
  const more = moves.length - rows.length;
  return [
    { kind: 'table', flush: null, choices: MOVE_CHOICES, sections: [{ title: 'largest moves', rows }] },
    ...(more > 0 ? [prose(`and ${count(more)}${GLUE}more: -f json lists all`, 'dim')] : []),
  ];
}

function wordOf({ what }: Move): string {
  return what === 'amount' ? 'amount changed' : what;
}

function amountOf({ before, after }: Move, unit: AmountUnit): string {
  const money = (value: number) => cellAmount(value, unit);
  if (before !== null && after !== null && before !== after) return `${money(before)} → ${money(after)}`;
  return money(after ?? before ?? 0);
}

const MOVE_COLUMNS: readonly Column[] = [
  left('rep', 'rep', 'who'),
  left('what', 'what', 'who'),
  right('amount', 'amount', 'what'),
  right('close', 'closes', 'what'),
];

const MOVE_CHOICES: readonly Choice[] = [
  ...choicesWithout(MOVE_COLUMNS, 20, [[[], null]]),
  ...choicesWithout(MOVE_COLUMNS, 16, [[['close'], 'close dates']]),
];
