import { describe, expect, it } from 'vitest';
import { headerMatcher, isTotalHeader, nearestHeader, periodPart } from '../../../src/files/sheet/header.ts';

const stages = ['lead', 'conversation', 'opportunity', 'close'];
const match = (wanted: string[], cells: string[], mapping: Record<string, string> = {}) => {
  const { columns, duplicates } = headerMatcher({ wanted, stages, mapping })(cells);
  return { found: Object.fromEntries(columns.map(({ name, header }) => [name, header])), duplicates };
};

describe('headerMatcher', () => {
  it('finds columns through their synonyms', () => {
    const table: Record<string, string[]> = {
      rep: ['Sales Rep', 'Opportunity Owner', 'Deal owner', 'Owner', 'REP', 'reps', 'salesrep', 'Rep Name'],
      quota: ['Target', 'Goal', 'Quota Amount', 'Quota (USD)', 'Quota [€]', 'Quota in EUR', 'Sales Quotas'],
      source: ['Lead Source', 'Channel', 'source'],
      team: ['Region', 'Sales Team', 'Group', 'Teams'],
      start: ['Hire date', 'Start date', 'start_date', 'HIRE_DATE'],
      end: ['Termination Date', 'Leave date', 'End date'],
      deal_size: ['ACV', 'Average deal', 'Deal size', 'Average Contract Value', 'deal-size'],
      lead: ['Leads', '# of leads', 'Lead count', 'Number of Leads', 'Inquiries', '# Leads'],
      conversation: ['Conversations', 'Meetings', 'Calls'],
      opportunity: ['Opportunities', 'Opps', '# opps'],
      close: ['Closes', 'Closed', 'Won', 'Deals won', 'Closed Won', 'Customers', 'Deals', 'Wins'],
      lead_to_conversation: [
        'lead → conversation',
        'Lead to Conversation',
        'lead-to-conversation rate',
        'Lead->Conversation',
        'Leads to meetings %',
        'Lead to conversation conversion rate',
      ],
      opportunity_to_close: ['Opp to Close', 'Opportunity → Won'],
    };
    for (const [column, headers] of Object.entries(table)) {
      for (const header of headers)
        expect([header, match([column], ['x', header]).found]).toEqual([header, { [column]: header }]);
    }
  });

  it('matches only the wanted columns, our own names first', () => {
    expect(match(['rep', 'owner'], ['Rep', 'Owner']).found).toEqual({ rep: 'Rep', owner: 'Owner' });
    expect(match(['owner', 'rep'], ['Sales rep', 'Owner']).found).toEqual({
      owner: 'Owner',
      rep: 'Sales rep',
    });
    expect(match(['team', 'quota'], ['Team', 'Owner', 'Goal']).found).toEqual({
      team: 'Team',
      quota: 'Goal',
    });
    expect(match(['team'], ['Region', 'Team'])).toEqual({ found: { team: 'Team' }, duplicates: [] });
    expect(match(['from', 'to', 'lead'], ['Start', 'End', 'Lead']).found).toEqual({
      from: 'Start',
      to: 'End',
      lead: 'Lead',
    });
  });

  it('takes the mapped header before all others', () => {
    expect(match(['rep'], ['Rep', 'Account mgr'], { rep: 'account  Mgr' }).found).toEqual({
      rep: 'Account mgr',
    });
    expect(match(['rep'], ['Rep'], { rep: 'Not in this file' }).found).toEqual({ rep: 'Rep' });
  });

  it('tells two headers for one column, except a converted amount', () => {
    expect(match(['quota'], ['Target', 'Goal']).duplicates).toEqual([
      { name: 'quota', index: 1, headers: ['Target', 'Goal'] },
    ]);
    expect(match(['rep'], ['rep', 'Reps']).duplicates).toHaveLength(1);
    expect(match(['amount'], ['Amount', 'Amount (converted)', 'Amount Currency'])).toEqual({
      found: { amount: 'Amount (converted)' },
      duplicates: [],
    });
  });

  it('knows the currency of a header', () => {
    const { columns } = headerMatcher({ wanted: ['amount'], stages, mapping: {} })(['Amount (EUR)']);
    expect(columns[0]).toEqual({ name: 'amount', index: 0, header: 'Amount (EUR)', currency: 'EUR' });
  });

  it('knows stages by the names given at run time', () => {
    const { columns } = headerMatcher({
      wanted: ['Demo booked', 'win', 'Demo booked_to_win'],
      stages: ['Demo booked', 'win'],
      mapping: {},
    })(['demos booked', 'Wins', 'Demo Booked → Win']);
    expect(columns.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

describe('wide headers', () => {
  it('may be totals', () => {
    expect(
      ['Total', 'FY total', 'Grand Total', 'Full year', 'Total 2027', 'Annual quota', 'SUM'].filter(
        (header) => !isTotalHeader(header),
      ),
    ).toEqual([]);
    expect(['Jan', 'Team', 'Totally', 'Notes'].filter(isTotalHeader)).toEqual([]);
  });

  it('name their period without the words for what it holds', () => {
    expect(['Q1 Target', 'Quota Jan 2027', 'Jan-27 (USD)', 'Goal', '2027-01'].map(periodPart)).toEqual([
      'Q1',
      'Jan 2027',
      'Jan-27',
      '',
      '2027-01',
    ]);
  });
});

it('nearestHeader knows what was probably meant', () => {
  expect(nearestHeader('quota', ['Team', 'Qouta', 'Notes'], stages)).toBe('Qouta');
  expect(nearestHeader('rep', ['Colour', 'Sales repp'], stages)).toBe('Sales repp');
  expect(nearestHeader('rep', ['Colour'], stages)).toBe(null);
});
