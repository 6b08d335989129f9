/**
 * Our columns and what other people call them: one table a kind of file. A new input synonym is one word in the table
 * its column stands in.
 */
import { HISTORY_WORDS } from './history-words.ts';
import { PIPELINE_WORDS } from './pipeline-words.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/** Without regard to case, spaces, punctuation and plural; the column's own name needs no entry. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  ...SHEET_WORDS,
  ...PIPELINE_WORDS,
  ...HISTORY_WORDS,
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

/**
 * What goes before our own names: an amount in the company's own currency before the amount as typed, a flag that says
 * won before a status that may.
 */
export const PREFERRED: Readonly<Record<string, readonly string[]>> = {
  amount: [
    'amount converted',
    'amount in company currency',
    'amount in home currency',
    'closed amount converted',
    'won amount converted',
  ],
  // beside the id of the lead it came of, a deal goes by its own
  id: ['opportunity id', 'deal id'],
  quota: ['quota converted', 'amount converted', 'target converted', 'quota amount converted'],
  currency: ['amount converted currency'],
  deal_size: ['deal size converted', 'average amount converted'],
  is_won: ['won', 'closed won', 'is closed won', 'hs is closed won'],
};
