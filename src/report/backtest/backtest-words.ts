/** How far to trust goals, in words: by how much they would have been off, and whether the intervals hold. */
import type {
  BacktestError,
  BacktestMethod,
  BacktestResult,
  BacktestSummary,
} from '../../history/backtest.ts';
import { type Block, prose } from '../block.ts';
import { count, GLUE, wholePercent } from '../format.ts';
import { stageWord, tied } from '../plan/plan-words.ts';

/** What a goal is made with. */
const METHODS: Readonly<Record<BacktestMethod, string>> = {
  leadgoal: "leadgoal's rate",
  naive: 'converted ÷ records (naive)',
  won_of_closed: 'won ÷ closed',
  last_year: "last year's ratio",
};

export function trustLines({ summary }: BacktestResult, stages: readonly string[]): Block[] {
  if (summary.rows === 0) return [prose(NOTHING, 'warning')];
  const parts = inOrder(summary.errors).map(
    (error) => `${offText(error)} with ${tied(METHODS[error.method])}`,
  );
  const start = `${capitalised(stageWord(stages[0]!))} goals would have been off `;
  return [...(parts.length === 0 ? [] : [prose(`${start}${parts.join('; ')}.`)]), insideLine(summary)];
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const NOTHING =
  '! Nothing to compare: no earlier day lies far enough back for what came of its records to be known.';

function inOrder(errors: readonly BacktestError[]): BacktestError[] {
  const methods = Object.keys(METHODS);
  return [...errors].sort((first, second) => methods.indexOf(first.method) - methods.indexOf(second.method));
}

/** A goal is quota ÷ rate: where the logarithms of rates are off by .136, goals are by a factor of 1.146, or 15 %. */
export function offBy({ rms }: BacktestError): string {
  return wholePercent(Math.exp(rms) - 1);
}

/** From this part of the error on, an error is mostly to one side. */
const ONE_SIDED = 0.5;

/** `by 51%, mostly too high,`: rates too low make goals too high. */
function offText(error: BacktestError): string {
  const isOneSided = error.rms > 0 && Math.abs(error.bias) >= ONE_SIDED * error.rms;
  const side = isOneSided ? `, mostly too${GLUE}${error.bias < 0 ? 'high' : 'low'},` : '';
  return `by${GLUE}${offBy(error)}${side}`;
}

/** `14 of 16 outcomes lay within their 80% interval, as they should (11 to 15 would do).` */
function insideLine({ rows, inside, insideLow, insideHigh }: BacktestSummary): Block {
  const start = `${count(inside)} of ${count(rows)} outcomes lay within their 80%${GLUE}interval`;
  const share = inside / rows;
  if (share < insideLow)
    return prose(`! ${start}, fewer than should: rates are less sure than they look.`, 'warning');
  if (share > insideHigh) return prose(`${start}, more than should: rates are surer than they look.`);
  const least = count(Math.ceil(insideLow * rows - 1e-9));
  const most = count(Math.floor(insideHigh * rows + 1e-9));
  return prose(`${start}, as they should (${least}${GLUE}to${GLUE}${most} would do).`);
}
