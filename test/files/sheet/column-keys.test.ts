import { describe, expect, it } from 'vitest';
import { keysOf, matchKey } from '../../../src/files/sheet/column-keys.ts';
import { HISTORY_WORDS } from '../../../src/files/sheet/history-words.ts';
import { PIPELINE_WORDS } from '../../../src/files/sheet/pipeline-words.ts';
import { SHEET_WORDS } from '../../../src/files/sheet/sheet-words.ts';
import { STAGE_SYNONYMS, SYNONYMS } from '../../../src/files/sheet/synonyms.ts';

describe('matchKey', () => {
  it('forgets case, spaces, punctuation and plural', () => {
    for (const text of ['Sales Rep', 'sales_rep', 'SALES-REPS', 'salesRep', ' Sales  reps: '])
      expect([text, matchKey(text)]).toEqual([text, 'salerep']);
    expect(
      ['Opportunities', '# of Leads', 'lead → conversation', 'Lead->Conversation', 'Prénom', 'Process'].map(
        matchKey,
      ),
    ).toEqual([
      'opportunity',
      'numberoflead',
      'leadtoconversation',
      'leadtoconversation',
      'prenom',
      'process',
    ]);
  });
});

describe('the table', () => {
  it('has each word once per column, and none that is the column itself', () => {
    for (const [column, words] of Object.entries({ ...SYNONYMS, ...STAGE_SYNONYMS })) {
      const keys = [column, ...words].map(matchKey);
      expect([column, keys.filter((key, index) => keys.indexOf(key) !== index)]).toEqual([column, []]);
    }
  });

  it('has each column in the words of one kind of file only', () => {
    const columns = [SHEET_WORDS, PIPELINE_WORDS, HISTORY_WORDS].flatMap((words) => Object.keys(words));
    expect(columns.filter((column, index) => columns.indexOf(column) !== index)).toEqual([]);
    expect(Object.keys(SYNONYMS)).toEqual(columns);
  });

  it('survives names that every object has', () => {
    expect(keysOf('constructor', ['toString', 'close']).own).toEqual(['constructor']);
    expect(keysOf('toString', ['toString', 'close']).own).toEqual(['tostring']);
  });
});
