import { expect, it } from 'vitest';
import { counted, listed, plural, shortStage, withArticle } from '../../../src/report/plan/plan-words.ts';

it.each([
  ['lead', 'leads'],
  ['inquiry', 'inquiries'],
  ['opportunity', 'opportunities'],
  ['survey', 'surveys'],
  ['pass', 'passes'],
  ['box', 'boxes'],
  ['MQL', 'MQLs'],
  ['Leads', 'Leads'],
  ['Prospecting', 'Prospecting'],
  ['Closed Won', 'Closed Won'],
])('more than one %s are %s', (word, many) => expect(plural(word)).toBe(many));

it.each([
  ['conversation', 'conv.'],
  ['opportunity', 'opp.'],
  ['qualified', 'qual.'],
  ['inquiry', 'inq.'],
  ['close', 'deal'],
  ['demo', 'demo'],
])('%s is %s at the head of a column', (stage, short) => expect(shortStage(stage)).toBe(short));

it('counts and lists in words', () => {
  expect([0, 1, 4138].map((value) => counted(value, 'lead').replace('\u00a0', ' '))).toEqual([
    'no leads',
    '1 lead',
    '4,138 leads',
  ]);
  expect(listed(['East', 'West', 'North'])).toBe('East, West and North');
});

it('puts an article before a word as it is spoken', () => {
  expect(['lead', 'opportunity', 'Inquiry', 'MQL', 'PQL'].map(withArticle)).toEqual([
    'a lead',
    'an opportunity',
    'an Inquiry',
    'an MQL',
    'a PQL',
  ]);
});
