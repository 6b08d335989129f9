/** Problems of a CRM history: what its rates cannot be trusted with, and what that does to goals. */
import type { ProblemCode } from '../../problem.ts';
import { count, percent, percentRange, shortAmount, wholePercent } from '../format.ts';
import { plural, say, type Wording, type Words } from './say.ts';

/** `lead to close`, or `partner, webinar: lead to close`. */
const step = (w: Words): string =>
  `${w('sources') === '' ? '' : `${w('sources')}: `}${w('from')} to ${w('to')}`;

const share = (w: Words, name: string): string => percent(Number(w(name)));

/** `about 12% too high`. */
const tooFar = (off: number): string =>
  `about ${wholePercent(Math.abs(off))} too ${off > 0 ? 'high' : 'low'}`;

/** `3.2 deals, 77k`. */
const worth = (w: Words): string => {
  const deals = Number(w('closes'));
  const text = `${deals < 10 ? deals.toFixed(1) : count(deals)} closes`;
  if (w('amount') === '') return text;
  return `${text}, ${shortAmount(Number(w('amount')) * 100, { kind: 'money', currency: null })}`;
};

export const HISTORY = {
  history_too_little: say(
    (w) =>
      `${step(w)}: too little data, ${plural(w('records'), 'record')} of which ${w('converted')} converted; ${Number(w('records')) === 0 ? 'there is no rate' : 'the rate is a guess, and goals that rest on it may be off by a factor of several'}`,
    'count a longer history, or give rates of your own for these',
  ),
  history_young: say(
    (w) =>
      `${step(w)}: the last tenth of the ${w('days')} days seen still holds ${wholePercent(Number(w('tail')))} of the conversions, so more will come: the rate is a lower bound and goals come out ${w('off') === '' || Number(w('off')) < 0.005 ? 'too high' : tooFar(Number(w('off')))}`,
    'count a longer history; until there is one, take goals as the most that can be needed',
  ),
  history_rates_moving: say((w) => {
    const off = Number(w('recent')) / Number(w('whole')) - 1;
    const then = Number(w('recent')) > 0 ? `goals come out ${tooFar(off)}` : 'goals come out far too low';
    return `${step(w)}: ${share(w, 'recent')} in the last six months (80% interval ${percentRange(Number(w('low')), Number(w('high')))}%), ${share(w, 'whole')} over the whole history; if that lasts, ${then}`;
  }, 'find out what changed; --half-life 6 counts recent records for more'),
  history_log_late: say((w) => {
    const off = Number(w('off'));
    const without =
      Math.abs(off) < 0.005
        ? 'it makes no difference to goals'
        : `without that, goals would be ${tooFar(off)}`;
    return `${step(w)}: what became of records is only known from ${w('day')} on, but they go back to ${w('first')}; older ones are followed from that day on: ${without}`;
  }, 'if the log starts on another day, say --log-from DATE'),
  history_rep_closed_only: say((w) => {
    const isOne = Number(w('more')) === 0 && !w('names').includes(', ');
    const names = `${w('names')}${Number(w('more')) > 0 ? ` and ${w('more')} more` : ''}`;
    return `${names} ${isOne ? 'stands' : 'stand'} only on closed records, ${w('converted')} of ${w('records')} of them converted: that is no rate, and would make goals too low; ${isOne ? 'the rep has' : 'they have'} the rate of those above`;
  }, 'export who owns open records too'),
  history_no_losses: say(
    () =>
      'no record is ever lost in this history: goals for new leads are not touched, but what is dead cannot be told from what is still open, and open records promise too much',
    'export lost records with the day they were lost',
  ),
  history_dead_open: say(
    (w) =>
      `open for longer than any record that ever moved on from its stage: ${w('places')}; dead, though ${w('records') === '1' ? 'it looks' : 'they look'} like ${worth(w)}; goals do not count on ${w('records') === '1' ? 'it' : 'them'}`,
    'close them as lost in the CRM',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
