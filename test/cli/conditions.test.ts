/** `--fail-when` as it is typed: what is understood, and what is said of the rest. */
import { describe, expect, it } from 'vitest';
import { conditionOf } from '../../src/cli/conditions.ts';
import { MEASURES } from '../../src/coverage/measures.ts';

describe('a measure against a limit', () => {
  it.each([
    ['to_go_coverage<enough', 'to_go_coverage', '<', 'enough'],
    ['to_go_coverage<3', 'to_go_coverage', '<', 3],
    ['to_go_coverage<3x', 'to_go_coverage', '<', 3],
    ['to_go_coverage<2.5×', 'to_go_coverage', '<', 2.5],
    ['to_go_coverage<300%', 'to_go_coverage', '<', 3],
    ['chance<80%', 'chance', '<', 0.8],
    ['chance<0.8', 'chance', '<', 0.8],
    ['chance <= 12.5 %', 'chance', '<=', 0.125],
    ['open<500k', 'open', '<', 500_000],
    ['open<$1.2M', 'open', '<', 1_200_000],
    ['open<1,500', 'open', '<', 1500],
    ['stale_count>0', 'stale_count', '>', 0],
    ['overdue_amount>=85000', 'overdue_amount', '>=', 85_000],
    ['versus_quota<-20k', 'versus_quota', '<', -20_000],
    ['lands<quota', 'lands', '<', 'quota'],
    ['  Lands  <  Quota  ', 'lands', '<', 'quota'],
    ['CHANCE<50%', 'chance', '<', 0.5],
  ])('%s', (text, measure, operator, limit) => {
    const { value, problems } = conditionOf(text);
    expect(problems).toEqual([]);
    expect(value).toEqual({ measure, operator, limit: expect.anything() });
    if (typeof limit === 'string') expect(value!.limit).toBe(limit);
    else expect(value!.limit).toBeCloseTo(limit as number, 12);
  });

  it.each(Object.keys(MEASURES))('every measure can be asked for: %s', (name) => {
    expect(conditionOf(`${name} > 0`).value).toEqual({ measure: name, operator: '>', limit: 0 });
  });
});

describe('a measure that drops', () => {
  it.each([
    ['to_go_coverage drops 10%', 'to_go_coverage', 0.1, true],
    ['open drops 10%', 'open', 0.1, true],
    ['open drops by 10%', 'open', 0.1, true],
    ['open drop 50k', 'open', 50_000, false],
    ['Open Drops $50,000', 'open', 50_000, false],
    ['chance drops 0.2', 'chance', 0.2, false],
  ])('%s', (text, measure, limit, isShare) => {
    expect(conditionOf(text)).toEqual({
      value: { measure, operator: 'drops', limit, isShare },
      problems: [],
    });
  });
});

describe('what is no condition', () => {
  const NO_CONDITION =
    "write a measure and a limit, as in 'to_go_coverage<enough' or 'to_go_coverage drops 10%'";
  const NO_LIMIT = 'write a number, a percent, or enough';

  it.each([
    ['', '--fail-when "" is no condition', NO_CONDITION],
    ['open', '--fail-when "open" is no condition', NO_CONDITION],
    ['open<', '--fail-when "open<" is no condition', NO_CONDITION],
    ['<3', '--fail-when "<3" is no condition', NO_CONDITION],
    ['open==3', '--fail-when "open==3" is no condition', NO_CONDITION],
    ['open drops', '--fail-when "open drops" is no condition', NO_CONDITION],
    ['opn<3', '--fail-when: there is no measure opn', 'did you mean open?'],
    ['covrage drops 5%', '--fail-when: there is no measure covrage', 'did you mean coverage?'],
    [
      'weather<3',
      '--fail-when: there is no measure weather',
      `measures: ${Object.keys(MEASURES).join(', ')}`,
    ],
    ['open<many', '--fail-when: many is neither a number nor a measure', NO_LIMIT],
    ['open<1.500,5', '--fail-when: 1.500,5 is neither a number nor a measure', NO_LIMIT],
    ['chance<eighty%', '--fail-when: eighty% is neither a number nor a measure', NO_LIMIT],
    ['open drops enough', '--fail-when: enough is neither a number nor a measure', NO_LIMIT],
  ])('%j', (text, detail, hint) => {
    const { value, problems } = conditionOf(text);
    expect(value).toBeNull();
    expect(problems.map(({ code, severity, arguments: args }) => [code, severity, args])).toEqual([
      ['usage', 'error', { detail, hint }],
    ]);
  });
});
