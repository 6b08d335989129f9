import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../src/files/sheet/sheet.ts';
import { checkTotals } from '../../../src/files/sheet/totals.ts';
import { quotaSheet } from '../../support/quota-sheet.ts';

const check = (text: string) => {
  const { value, problems } = readSheet(new TextEncoder().encode(text), 'a.csv', quotaSheet);
  expect(problems).toEqual([]);
  const totals = checkTotals(value!, ['quota']);
  return [
    totals.agreed,
    ...totals.problems.map(({ where, arguments: args }) => [
      where.line,
      where.column,
      ...Object.values(args),
    ]),
  ];
};

describe('total rows', () => {
  it('agree with the rows they add up', () => {
    expect(check('team,rep,period,quota\nWest,Ana,Jan,1\n')).toEqual([null]);
    expect(check('rep,period,quota\nAna,Jan,0.1\nBo,Jan,0.2\nTotal,,0.3\n')).toEqual([true]);
    expect(check('rep,period,quota\nAna,Jan,100\nBo,Jan,200\nTotal,,301\n')).toEqual([
      false,
      [4, 3, '301', 301, 300],
    ]);
    expect(
      check(
        'team,rep,period,quota\nWest,Ana,Jan,1\nWest,Bo,Feb,2\nEast,Cy,Jan,4\nWest Total,,,3\nWest,Total,Feb,2\nTotal,,Jan,5\nGrand Total,,,7\n',
      ),
    ).toEqual([true]);
    expect(
      check('team,period,quota\nEMEA/UK,Jan,1\nEMEA/DE,Jan,2\nUS,Jan,4\nEMEA total,,3\nTotal,,7\n'),
    ).toEqual([true]);
  });

  it('may be of the rows since the last total', () => {
    expect(
      check(
        'team,rep,period,quota\nWest,Ana,Jan,1\nWest,Bo,Jan,2\nSubtotal,,,3\nEast,Cy,Jan,4\nSubtotal,,,4\nGrand total,,,7\n',
      ),
    ).toEqual([true]);
  });

  it('agree to half of their last digit shown', () => {
    expect(check('rep,period,quota\nAna,Jan,"1,234,000"\nBo,Jan,10000\nTotal,,1.2M\n')).toEqual([true]);
    expect(check('rep,period,quota\nAna,Jan,"1,334,000"\nBo,Jan,10000\nTotal,,1.2M\n')).toEqual([
      false,
      [4, 3, '1.2M', 1_200_000, 1_344_000],
    ]);
    expect(check('rep,period,quota\nAna,Jan,33.33\nBo,Jan,33.33\nTotal,,66.67\n')).toEqual([
      false,
      [4, 3, '66.67', 66.67, 66.66],
    ]);
    expect(check('rep,period,quota\nAna,Jan,33.4\nBo,Jan,33.4\nTotal,,67\n')).toEqual([true]);
  });

  it('are not compared where a cell is missing or faulty', () => {
    expect(check('rep,period,quota\nAna,Jan,1\nTotal,,\n')).toEqual([null]);
    expect(check('rep,period,quota\nAna,Jan,abc\nTotal,,5\n')).toEqual([null]);
  });
});

describe('total columns', () => {
  it('agree with the periods they cover, in total rows too', () => {
    expect(check('rep,Jan,Feb,Mar,Q1,Total\nAna,1,2,3,6,6\nBo,1,,1,2,2\nTotal,2,2,4,8,8\n')).toEqual([true]);
    expect(check('rep,Jan,Feb,Total\nAna,1,2,4\nTotal,1,2,3\n')).toEqual([
      false,
      [2, 4, '4', 4, 3],
      [3, 4, '3', 3, 4],
    ]);
  });
});
