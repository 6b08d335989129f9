/** What CRMs call the columns of their deals: taken from their exports and documentation, header by header. */
import { describe, expect, it } from 'vitest';
import { PIPELINE_COLUMNS } from '../../src/files/pipeline.ts';
import { headerMatcher } from '../../src/files/sheet/header.ts';

const match = headerMatcher({
  wanted: PIPELINE_COLUMNS.map(({ name }) => name),
  stages: ['lead', 'conversation', 'opportunity', 'close'],
  mapping: {},
});

/** Headers of one export and our column for each; null for those that are none of ours. */
type Export = Readonly<Record<string, string | null>>;

const SALESFORCE_REPORT: Export = {
  'Opportunity Owner': 'rep',
  'Owner Role': null,
  'Account Name': 'account',
  'Account Owner': null,
  'Opportunity Name': 'name',
  Stage: 'stage',
  'Fiscal Period': null,
  Amount: 'amount',
  'Expected Revenue': null,
  'Probability (%)': null,
  Age: null,
  'Stage Duration': null,
  'Close Date': 'close_date',
  'Created Date': 'created',
  'Last Stage Change Date': 'stage_since',
  'Last Modified Date': null,
  'Last Activity': null,
  'Next Step': null,
  'Lead Source': 'source',
  Type: null,
  Closed: 'is_closed',
  Won: 'is_won',
  'Opportunity ID': 'id',
  'Forecast Category': null,
  'Created By': null,
};

/** With several currencies, every amount has its code before it. */
const SALESFORCE_CURRENCIES: Export = {
  'Opportunity Owner': 'rep',
  Stage: 'stage',
  'Amount Currency': null,
  Amount: null,
  'Amount (converted) Currency': 'currency',
  'Amount (converted)': 'amount',
  'Expected Revenue Currency': null,
  'Expected Revenue': null,
  'Expected Revenue (converted) Currency': null,
  'Expected Revenue (converted)': null,
  'Close Date': 'close_date',
};

const SALESFORCE_API: Export = {
  Id: 'id',
  IsDeleted: null,
  AccountId: null,
  'Account.Name': 'account',
  Name: 'name',
  StageName: 'stage',
  Amount: 'amount',
  Probability: null,
  ExpectedRevenue: null,
  CloseDate: 'close_date',
  Type: null,
  LeadSource: 'source',
  IsClosed: 'is_closed',
  IsWon: 'is_won',
  ForecastCategory: null,
  CurrencyIsoCode: 'currency',
  OwnerId: 'rep_id',
  'Owner.Name': 'rep',
  'Owner.Email': null,
  CreatedDate: 'created',
  LastModifiedDate: null,
  LastStageChangeDate: 'stage_since',
  LastStageChangeInDays: null,
  FiscalQuarter: null,
};

const HUBSPOT: Export = {
  'Record ID': 'id',
  'Deal Name': 'name',
  'Deal Stage': 'stage',
  Pipeline: null,
  'Deal owner': 'rep',
  'HubSpot Team': 'team',
  Amount: null,
  'Amount in company currency': 'amount',
  'Closed Amount': null,
  'Weighted amount': null,
  'Weighted amount in company currency': null,
  'Forecast amount': null,
  'Forecast probability': null,
  'Deal probability': null,
  'Annual contract value': null,
  'Total contract value': null,
  Currency: 'currency',
  'Close Date': 'close_date',
  'Create Date': 'created',
  'Last Modified Date': null,
  'Date entered current stage': 'stage_since',
  'Time in current stage': null,
  'Is Closed Won': 'is_won',
  'Is closed lost': null,
  'Is Deal Closed?': 'is_closed',
  'Deal Type': null,
  'Original Traffic Source': 'source',
  'Associated Company': 'account',
  'Associated Company IDs': null,
  'Closed Lost Reason': null,
};

const HUBSPOT_API: Export = {
  hs_object_id: 'id',
  dealname: 'name',
  dealstage: 'stage',
  pipeline: null,
  closedate: 'close_date',
  createdate: 'created',
  hubspot_owner_id: 'rep_id',
  amount: null,
  amount_in_home_currency: 'amount',
  hs_projected_amount: null,
  hs_forecast_amount: null,
  deal_currency_code: 'currency',
  hs_deal_stage_probability: null,
  hs_is_closed: 'is_closed',
  hs_is_closed_won: 'is_won',
  hs_analytics_source: 'source',
  hs_v2_date_entered_current_stage: 'stage_since',
  hs_lastmodifieddate: null,
};

const PIPEDRIVE: Export = {
  'Deal - ID': 'id',
  'Deal - Title': 'name',
  'Deal - Organization': 'account',
  'Deal - Contact person': null,
  'Deal - Owner': 'rep',
  'Deal - Value': 'amount',
  'Deal - Weighted value': null,
  'Deal - Currency': 'currency',
  'Deal - Probability': null,
  'Deal - Pipeline': null,
  'Deal - Stage': 'stage',
  'Deal - Status': 'is_won',
  'Deal - Lead Source': 'source',
  'Deal - Deal created': 'created',
  'Deal - Update time': null,
  'Deal - Last stage change': 'stage_since',
  'Deal - Expected close date': 'close_date',
  'Deal - Won time': 'won_date',
  'Deal - Lost time': null,
  'Deal - Lost reason': null,
};

const DYNAMICS: Export = {
  '(Do Not Modify) Opportunity': 'id',
  '(Do Not Modify) Row Checksum': null,
  '(Do Not Modify) Modified On': null,
  Topic: 'name',
  'Potential Customer': 'account',
  Owner: 'rep',
  'Est. Close Date': 'close_date',
  'Est. Revenue': 'amount',
  'Actual Close Date': 'won_date',
  'Actual Revenue': null,
  'Weighted Revenue': null,
  Probability: null,
  Status: 'stage',
  'Status Reason': null,
  'Created On': 'created',
  Currency: 'currency',
};

const ZOHO: Export = {
  'Record Id': 'id',
  'Deal Name': 'name',
  'Deal Owner': 'rep',
  'Account Name': 'account',
  Amount: 'amount',
  Stage: 'stage',
  'Probability (%)': null,
  'Expected Revenue': null,
  'Closing Date': 'close_date',
  'Lead Source': 'source',
  'Created Time': 'created',
};

describe('the columns of an export', () => {
  it.each([
    ['Salesforce, a report', SALESFORCE_REPORT],
    ['Salesforce, a report with several currencies', SALESFORCE_CURRENCIES],
    ['Salesforce, the API', SALESFORCE_API],
    ['HubSpot', HUBSPOT],
    ['HubSpot, the API', HUBSPOT_API],
    ['Pipedrive', PIPEDRIVE],
    ['Dynamics 365', DYNAMICS],
    ['Zoho', ZOHO],
  ])('%s', (_, headers) => {
    const { columns, duplicates } = match(Object.keys(headers));
    const found = new Map(columns.map(({ header, name }) => [header, name]));
    expect(
      Object.fromEntries(Object.keys(headers).map((header) => [header, found.get(header) ?? null])),
    ).toEqual(headers);
    expect(duplicates).toEqual([]);
  });

  it.each(['Associated Company (Primary)', 'Primary Associated Company', 'Customer', 'Organisation'])(
    'account: %s',
    (header) => {
      expect(match(['Stage', header]).columns.map(({ name }) => name)).toEqual(['account', 'stage']);
    },
  );
});

describe('what is weighted by a chance is never the amount', () => {
  const WEIGHTED = [
    'Expected Revenue',
    'Expected Revenue (converted)',
    'ExpectedRevenue',
    'Expected Amount',
    'Weighted amount',
    'Weighted amount in company currency',
    'Weighted Value',
    'Deal - Weighted value',
    'Weighted Revenue',
    'Forecast amount',
    'hs_forecast_amount',
    'hs_projected_amount',
    'Predictive Amount (converted)',
    'Probability',
    'Probability (%)',
    'Deal probability',
  ];

  it.each(WEIGHTED)('%s', (header) => {
    expect(match(['Stage', header]).columns.map(({ name }) => name)).toEqual(['stage']);
    const both = match(['Stage', header, 'Amount']);
    expect(both.columns.find(({ name }) => name === 'amount')?.header).toBe('Amount');
    expect(both.duplicates).toEqual([]);
  });
});

describe('a status beside other columns', () => {
  it('is the stage where there is no other', () => {
    expect(match(['Status']).columns.map(({ name }) => name)).toEqual(['stage']);
  });

  it('says won or lost beside a stage, unless a flag does', () => {
    const found = (headers: string[]) => match(headers).columns.map(({ name, header }) => [name, header]);
    expect(found(['Stage', 'Status'])).toEqual([
      ['stage', 'Stage'],
      ['is_won', 'Status'],
    ]);
    expect(found(['Status', 'Won', 'Stage'])).toEqual([
      ['stage', 'Stage'],
      ['is_won', 'Won'],
    ]);
    expect(match(['Status', 'Won', 'Stage']).duplicates).toEqual([]);
  });
});
