/** Our columns and what other people call them. A new input synonym is one word in this table. */

/** Without regard to case, spaces, punctuation and plural; the column's own name needs no entry. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  team: ['region', 'sales team', 'team name', 'group', 'sales group', 'territory'],
  rep: [
    'sales rep',
    'rep name',
    'sales rep name',
    'representative',
    'sales representative',
    'owner',
    'owner name',
    'owner full name',
    'opportunity owner',
    'lead owner',
    'deal owner',
    'record owner',
    'salesperson',
    'seller',
    'account executive',
    'ae',
    'assigned to',
  ],
  source: [
    'lead source',
    'channel',
    'original source',
    'deal source',
    'opportunity source',
    'source name',
    'origin',
  ],
  owner: ['source owner', 'lead goal owner', 'department', 'owned by'],
  period: [
    'month',
    'quarter',
    'fiscal period',
    'fiscal quarter',
    'fiscal month',
    'time period',
    'quota period',
    'date',
  ],
  month: ['period', 'date', 'calendar month', 'fiscal period', 'month start'],
  quota: [
    'target',
    'goal',
    'quota amount',
    'target amount',
    'goal amount',
    'sales quota',
    'sales target',
    'sales goal',
    'quota target',
    'revenue target',
    'revenue goal',
    'bookings target',
    'bookings goal',
    'amount',
    'value',
  ],
  start: [
    'hire date',
    'start date',
    'hired',
    'hired on',
    'date hired',
    'joined',
    'join date',
    'first day',
    'from',
  ],
  end: [
    'termination date',
    'leave date',
    'end date',
    'left',
    'last day',
    'exit date',
    'departure date',
    'to',
    'until',
  ],
  id: ['rep id', 'employee id', 'user id', 'record id', 'opportunity id', 'deal id', 'lead id', 'crm id'],
  rep_id: ['owner id', 'user id', 'employee id', 'sales rep id'],
  email: ['mail', 'email address', 'rep email', 'owner email', 'work email'],
  aliases: ['alias', 'other name', 'also known as', 'aka', 'nickname', 'crm name'],
  deal_size: [
    'acv',
    'average deal',
    'average deal size',
    'avg deal',
    'avg deal size',
    'average contract value',
    'average selling price',
    'asp',
    'average amount',
  ],
  amount: [
    'deal amount',
    'opportunity amount',
    'closed amount',
    'won amount',
    'deal value',
    'value',
    'revenue',
    'bookings',
    'contract value',
    'total contract value',
    'tcv',
  ],
  currency: [
    'currency code',
    'currency iso code',
    'quota currency',
    'amount currency',
    'deal currency',
    'opportunity currency',
    'iso code',
  ],
  from: ['start', 'since', 'start month', 'from month', 'period start', 'window start', 'start date'],
  to: ['end', 'until', 'through', 'end month', 'to month', 'period end', 'window end', 'end date'],
  share: ['percent', 'percentage', 'mix', 'source mix', 'weight', 'split'],
  records: ['count', 'number of records', 'record count', 'sample', 'sample size', 'n'],
  name: ['deal name', 'opportunity name', 'record name', 'deal', 'opportunity'],
  stage: ['deal stage', 'opportunity stage', 'stage name', 'sales stage', 'pipeline stage', 'status'],
  stage_since: [
    'stage changed',
    'last stage change date',
    'stage change date',
    'stage entered',
    'date entered stage',
    'entered stage',
  ],
  close_date: ['expected close date', 'expected close', 'estimated close date', 'closing date'],
};

/** What stages named like the default ones are also called. */
export const STAGE_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  lead: ['inquiry', 'enquiry', 'new lead'],
  conversation: ['conv', 'meeting', 'call', 'discovery call', 'demo'],
  opportunity: ['opp', 'new opportunity', 'open opportunity'],
  close: [
    'closed',
    'won',
    'deal won',
    'closed won',
    'customer',
    'deal',
    'win',
    'new customer',
    'closed deal',
  ],
};

/** An amount in the company's own currency goes before the amount as typed. */
export const PREFERRED: Readonly<Record<string, readonly string[]>> = {
  amount: ['amount converted', 'closed amount converted', 'won amount converted'],
  quota: ['quota converted', 'amount converted', 'target converted', 'quota amount converted'],
  deal_size: ['deal size converted', 'average amount converted'],
};

/**
 * A header or synonym as it is compared: lower case, no accents, no spaces or punctuation, words singular, arrows
 * as `to`, `#` as `number`. `Sales Reps`, `sales_rep` and `SALES-REP` are all `salerep`.
 */
export function matchKey(text: string): string {
  const spaced = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  if (/^[a-z0-9 _]*$/.test(spaced)) return joined(spaced.split(/[ _]+/));
  const plain = spaced
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/->|=>|\u2192|\u21d2|>/g, ' to ')
    .replace(/#/g, ' number ');
  return joined(plain.split(/[^\p{L}\p{N}]+/u));
}

function joined(words: readonly string[]): string {
  return words.map(singular).join('');
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 2 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** The keys by which a column may be called: its own names, and what else people call it. */
export interface ColumnKeys {
  readonly own: readonly string[];
  /** Made when asked for: most headers go by our own names. */
  readonly others: () => readonly string[];
}

/** The keys of one of our columns, a stage, or a rate column `<stage>_to_<stage>`. */
export function keysOf(column: string, stages: readonly string[]): ColumnKeys {
  const rate = ratePair(column, stages);
  if (rate) {
    const [from, to] = rate;
    return { own: rateKeys(keys([from]), keys([to])), others: () => otherRateKeys(rate, stages) };
  }
  const own = keys([column]);
  if (!stages.includes(column)) return { own, others: () => keys(wordsIn(SYNONYMS, column)) };
  const names = () => keys([column, ...wordsIn(STAGE_SYNONYMS, matchKey(column))]);
  return { own, others: () => names().flatMap(countKeys) };
}

function otherRateKeys([from, to]: readonly [string, string], stages: readonly string[]): string[] {
  const taken = new Set(stages.map(matchKey));
  return rateKeys(namesOf(from, taken), namesOf(to, taken));
}

/** Each word as it is, and written in one (`salesrep`). Keys of words that follow each other are their keys joined. */
function keys(words: readonly string[]): string[] {
  return words.flatMap((word) =>
    word.includes(' ') ? [matchKey(word), matchKey(word.replaceAll(' ', ''))] : [matchKey(word)],
  );
}

function wordsIn(table: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] {
  return Object.hasOwn(table, key) ? table[key]! : [];
}

/** The two stages of a column `<stage>_to_<stage>`, or null. */
function ratePair(column: string, stages: readonly string[]): readonly [string, string] | null {
  for (const from of stages) {
    const to = stages.find((stage) => column === `${from}_to_${stage}`);
    if (to !== undefined) return [from, to];
  }
  return null;
}

/** `lead to conversation`, `lead to conversation rate`, `lead → conversation %`. */
function rateKeys(froms: readonly string[], tos: readonly string[]): string[] {
  const endings = ['', 'rate', 'conversion', 'conversionrate', 'percent', 'share'];
  return froms.flatMap((from) => tos.flatMap((to) => endings.map((ending) => `${from}to${to}${ending}`)));
}

/** A stage and what it is also called, except where that is another stage. */
function namesOf(stage: string, taken: ReadonlySet<string>): string[] {
  return keys([stage, ...wordsIn(STAGE_SYNONYMS, matchKey(stage))]).filter(
    (name, index) => index === 0 || !taken.has(name),
  );
}

/** `Leads`, `# of leads`, `number of leads`, `lead count`, `leads reached`. */
function countKeys(name: string): string[] {
  const before = ['', 'numberof', 'number', 'noof', 'countof', 'total', 'reached'];
  const after = ['count', 'number', 'reached', 'created'];
  return [...before.map((words) => words + name), ...after.map((words) => name + words)];
}
