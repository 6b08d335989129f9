/** Which of our stages the CRM’s stages are: open, won, lost, or none of ours. */
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import { deal, type Keys, PLAN, readRecords } from '../support/pipeline-rows.ts';

describe('stages', () => {
  const named = (...names: string[]) => names.map((stage) => deal({ stage, close_date: '2027-02-01' }));

  it('won and lost by their usual names, however written', () => {
    const { outcomes, codes } = readRecords([
      ...named('Closed Won', 'closed won', ' Closed  WON ', 'Closed/Won', 'ClosedWon', 'Won', 'Deal won'),
      ...named('Closed Lost', 'closed-lost', 'LOST', 'Deal lost'),
    ]);
    expect(outcomes.slice(0, 7)).toEqual(new Array(7).fill('won close'));
    expect(outcomes.slice(7)).toEqual(new Array(4).fill('lost opportunity'));
    expect(codes).toEqual([]);
  });

  it('our own names need no entry', () => {
    const { outcomes, codes } = readRecords(
      named('Lead', 'conversations', 'OPPORTUNITY', 'close', 'Discovery'),
      {
        stages: { opportunity: 'Discovery' },
      },
    );
    expect(outcomes).toEqual([
      'open lead',
      'open conversation',
      'open opportunity',
      'won close',
      'open opportunity',
    ]);
    expect(codes).toEqual([]);
  });

  it('the plan’s `stages:` go before the usual names, without regard to case and spaces', () => {
    const { outcomes, codes } = readRecords(
      named('needs  ANALYSIS', 'Verbal Commit', 'won', 'Dead', 'Signed', 'Meeting held'),
      {
        stages: {
          conversation: ['Meeting Held'],
          opportunity: ['Needs Analysis', 'verbal commit', 'Won'],
          close: ['Signed'],
          lost: ['dead'],
        },
      },
    );
    expect(outcomes).toEqual([
      'open opportunity',
      'open opportunity',
      'open opportunity',
      'lost opportunity',
      'won close',
      'open conversation',
    ]);
    expect(codes).toEqual([]);
  });

  it('and before our own: Dynamics 365 calls its last open stage Close', () => {
    const { outcomes } = readRecords(named('Qualify', 'Close', 'Won'), {
      stages: { opportunity: ['Qualify', 'Develop', 'Propose', 'Close'] },
    });
    expect(outcomes).toEqual(['open opportunity', 'open opportunity', 'won close']);
  });

  it('numbers before a name and a pipeline behind it are not part of it; won or lost behind it are', () => {
    const { outcomes, problems } = readRecords(
      named(
        '3. Proposal',
        '4 - Closed Won',
        'Proposal (New business)',
        'Closed lost (EMEA)',
        'Proposal (lost)',
      ),
      { stages: { opportunity: ['Proposal'] } },
    );
    expect(outcomes).toEqual(['open opportunity', 'won close', 'open opportunity', 'lost opportunity']);
    expect(problems).toMatchObject([{ code: 'pipeline_stage_unknown', text: 'Proposal (lost)', count: 1 }]);
  });

  it('a name with its number goes before the same name without', () => {
    const { outcomes } = readRecords(named('1. Review', '2. Review', 'Review'), {
      stages: { conversation: ['1. Review'], opportunity: ['Review'] },
    });
    expect(outcomes).toEqual(['open conversation', 'open opportunity', 'open opportunity']);
  });

  it('the last stage may have any name', () => {
    const { outcomes } = readRecords(named('Closed Won', 'order', 'quote'), {
      funnel: ['quote', 'order'],
      rates: { quote_to_order: '20%' },
    });
    expect(outcomes).toEqual(['won order', 'won order', 'open quote']);
  });

  it('stages nobody mapped are left out, each named once with its deals and their worth', () => {
    const { leftOut, problems, messages, records } = readRecords(
      [
        deal({ stage: 'On Hold', amount: 27_300 }),
        deal({ stage: 'Proposal' }),
        deal({ stage: 'Parked', amount: 500 }),
        deal({ stage: 'On Hold', amount: 2_700 }),
        deal({ stage: '', amount: 900 }),
      ],
      { stages: { opportunity: ['Proposal'] } },
    );
    expect(records.map(({ crmStage }) => crmStage)).toEqual(['Proposal']);
    expect(problems).toMatchObject([
      { code: 'pipeline_stage_unknown', text: 'On Hold', count: 2, amount: 3_000_000 },
      { code: 'pipeline_stage_unknown', text: 'Parked', count: 1, amount: 50_000 },
      { code: 'pipeline_stage_unknown', text: '', count: 1, amount: 90_000 },
    ]);
    expect(messages).toEqual([
      'stage On Hold is none of ours; not in plan: 2 deals, $30k',
      'stage Parked is none of ours; not in plan: 1 deal, $500',
      'the stage is missing; not in plan: 1 deal, $900',
    ]);
    expect(leftOut).toEqual({ count: 4, amount: 3_140_000 });
  });

  it('where nothing is said of stages, what is not closed is at the stage before the last: said once', () => {
    const { outcomes, problems, leftOut } = readRecords([
      ...named('Discovery', 'Proposal', 'Discovery', 'Closed Won', 'Closed Lost'),
      deal({ stage: '', amount: 900 }),
    ]);
    expect(outcomes).toEqual([
      'open opportunity',
      'open opportunity',
      'open opportunity',
      'won close',
      'lost opportunity',
    ]);
    expect(problems).toMatchObject([
      {
        code: 'pipeline_stages_unsaid',
        names: 'Discovery (2), Proposal (1)',
        list: 'Discovery, Proposal',
        stage: 'opportunity',
      },
      { code: 'pipeline_stage_unknown', text: '', count: 1 },
    ]);
    expect(leftOut).toEqual({ count: 1, amount: 90_000 });
  });

  it('one stage of ours among them, or a word about any, and nothing is taken for granted', () => {
    const ours = readRecords(named('Discovery', 'lead'));
    expect([ours.outcomes, ours.codes]).toEqual([['open lead'], ['pipeline_stage_unknown']]);
    const said = readRecords(named('Discovery'), { stages: { lost: ['Dead'] } });
    expect([said.outcomes, said.codes]).toEqual([[], ['pipeline_stage_unknown']]);
  });

  it('names in the hint can be pasted into the plan', () => {
    const { problems } = readRecords(named('Id. Decision Makers', 'Proposal, sent', 'Next: call', '10'));
    expect(problems[0]).toMatchObject({
      list: 'Id. Decision Makers, "Proposal, sent", "Next: call", "10"',
    });
  });

  it('flags of the CRM go before names', () => {
    const flagged = (stage: string, is_won: unknown, is_closed: unknown) =>
      deal({ stage, is_won, is_closed, close_date: '2027-02-01' });
    const { outcomes, codes } = readRecords(
      [
        flagged('opportunity', true, true),
        flagged('opportunity', false, true),
        flagged('anything', 'TRUE', '1'),
        flagged('anything', '0', '1'),
        flagged('opportunity', 'no', 'no'),
        flagged('opportunity', '', 'yes'),
        flagged('opportunity', 'Won', ''),
        flagged('opportunity', 'Lost', ''),
        flagged('opportunity', 'Open', ''),
      ],
      { stages: { opportunity: ['opportunity'] } },
    );
    expect(outcomes).toEqual([
      'won close',
      'lost opportunity',
      'won close',
      'lost opportunity',
      'open opportunity',
      'lost opportunity',
      'won close',
      'lost opportunity',
      'open opportunity',
    ]);
    expect(codes).toEqual([]);
  });
});

describe('`stages:` in the plan file', () => {
  it('a key of `stages:` that is no stage, or a name under two, is an error', () => {
    const of = (stages: Keys) => parsePlan({ ...PLAN, pipeline: [deal()], stages }).problems;
    expect(of({ oportunity: ['Discovery'] })).toMatchObject([
      { code: 'key_unknown', arguments: { key: 'oportunity', nearest: 'opportunity', in: 'stages' } },
    ]);
    expect(of({ opportunity: ['Verbal'], close: ['verbal '] })).toMatchObject([
      { code: 'stage_mapped_twice', severity: 'error', arguments: { first: 'opportunity', second: 'close' } },
    ]);
    expect(of({ opportunity: ['Verbal', 'VERBAL'] })).toEqual([]);
    expect(of({ opportunity: ['X'], Lost: ['x'] }).map(({ code }) => code)).toEqual(['stage_mapped_twice']);
  });
});
