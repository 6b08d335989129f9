import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALENDAR_YEAR } from '../../src/period/fiscal.ts';
import { monthOf } from '../../src/period/month.ts';
import {
  type AmountUnit,
  amount,
  count,
  dayName,
  duration,
  GLUE,
  goalCount,
  monthSpan,
  percent,
  price,
  priceRange,
  quarterName,
  shortAmount,
  shortParts,
  shortYear,
  signed,
  typedPercent,
  wholePercent,
} from '../../src/report/format.ts';
import { day } from '../support/small-model.ts';

const money = (currency: string | null): AmountUnit => ({ kind: 'money', currency });
const DOLLARS = money('USD');
const DEALS: AmountUnit = { kind: 'deals', currency: null };
const spaced = (text: string): string => text.replaceAll(GLUE, ' ');

describe('counts', () => {
  it.each([
    [4138, '4,138'],
    [999, '999'],
    [1_234_567, '1,234,567'],
    [-15, '−15'],
    [-0.4, '0'],
    [0, '0'],
    [Number.NaN, '–'],
  ])('%d is %s', (value, text) => expect(count(value)).toBe(text));

  it('goals have a dash where there is nothing to do', () => {
    expect([0, Number.NaN, 3].map(goalCount)).toEqual(['–', '–', '3']);
  });

  it('changes have a sign', () => {
    expect([92, -15, 0, -1200].map(signed)).toEqual(['+92', '−15', '0', '−1,200']);
  });
});

describe('shares', () => {
  it.each([
    [0.501, '50.1%'],
    [1, '100.0%'],
    [0.0043, '0.43%'],
    [0.00043, '0.043%'],
    [0.0099999, '1.0%'],
    [0, '0.0%'],
  ])('%d is %s', (share, text) => expect(percent(share)).toBe(text));

  it('in sentences they are whole, and neither nothing nor all unless they are', () => {
    expect([0.894, 0.999, 1, 0.001, 0].map(wholePercent)).toEqual(['89%', '99%', '100%', 'under 1%', '0%']);
    expect([0.2, 0.125].map(typedPercent)).toEqual(['20%', '12.5%']);
  });
});

describe('amounts', () => {
  it.each([
    [12_400_000, '$12.4M'],
    [719_400, '$719k'],
    [1_030_000, '$1.03M'],
    [2_000_000, '$2M'],
    [999_600, '$1M'],
    [999.4, '$999'],
    [999.6, '$1k'],
    [3_200_000_000, '$3.2B'],
    [-24_000, '−$24k'],
    [0, '$0'],
  ])('%d dollars in short are %s', (dollars, text) => {
    expect(shortAmount(dollars * 100, DOLLARS)).toBe(text);
  });

  it('in full they have cents only where there are any', () => {
    expect(amount(2_400_000, DOLLARS)).toBe('$24,000');
    expect(amount(2_400_050, DOLLARS)).toBe('$24,000.50');
  });

  it.each([
    ['EUR', '€24k'],
    ['GBP', '£24k'],
    ['JPY', '¥24k'],
    ['CHF', 'CHF 24k'],
    [null, '24k'],
  ])('in %s: %s', (currency, text) => {
    expect(spaced(shortAmount(2_400_000, money(currency)))).toBe(text);
  });

  it('deals are counted', () => {
    expect([64_000, 100, 250, 1234].map((value) => spaced(shortAmount(value, DEALS)))).toEqual([
      '640 deals',
      '1 deal',
      '2.5 deals',
      '12.3 deals',
    ]);
    expect(spaced(amount(1234, DEALS))).toBe('12.34 deals');
  });

  it('parts add up as they are written', () => {
    expect(shortParts([433_400_00, 286_400_00], DOLLARS)).toEqual({
      total: '$720k',
      parts: ['$434k', '$286k'],
    });
    expect(shortParts([0, 1_034_000_00], DOLLARS)).toEqual({ total: '$1.03M', parts: [null, '$1.03M'] });
  });

  it('parts add up whatever they are', () => {
    const read = (text: string | null): number => {
      const [, digits, letter] = /^\$([\d.]+)([kMB]?)$/.exec(text ?? '$0')!;
      return Math.round(Number(digits) * { '': 1, k: 1e3, M: 1e6, B: 1e9 }[letter as '' | 'k' | 'M' | 'B']);
    };
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (first, second) => {
        const { total, parts } = shortParts([first, second], DOLLARS);
        expect(parts.map(read).reduce((sum, part) => sum + part, 0)).toBe(read(total));
      }),
    );
  });
});

describe('times', () => {
  it.each([
    [10 / 30.4375, '10 days'],
    [1 / 30.4375, '1 day'],
    [1, '1 month'],
    [3.4285, '3.4 months'],
    [2, '2 months'],
    [0, '0 days'],
  ])('%d months are %s', (months, text) => expect(spaced(duration(months))).toBe(text));

  it('months, days, quarters and years have names people use', () => {
    const [from, to] = [monthOf(2027, 2), monthOf(2028, 1)];
    const fiscal = { starts: 2, namedBy: 'end' } as const;
    expect(spaced(monthSpan(from, to))).toBe('Feb 2027 – Jan 2028');
    expect(spaced(monthSpan(from, monthOf(2027, 7)))).toBe('Feb – Jul 2027');
    expect(spaced(monthSpan(from, from))).toBe('Feb 2027');
    expect(spaced(dayName(day('2027-01-31')))).toBe('31 Jan 2027');
    expect([quarterName(to, fiscal), shortYear(to, fiscal)]).toEqual(['Q4', 'FY28']);
    expect(shortYear(from, CALENDAR_YEAR)).toBe('2027');
  });
});

describe('prices of one record', () => {
  it.each([
    [9335, '$93.35'],
    [9999.6, '$100'],
    [112_049, '$1,120'],
    [0, '$0.00'],
  ])('%d cents are %s', (cents, text) => expect(price(cents, DOLLARS)).toBe(text));

  it('have one sign for a range', () => {
    expect(priceRange(87_365, 112_049, DOLLARS)).toBe('$874–1,120');
    expect(spaced(priceRange(240, 310, money('CHF')))).toBe('CHF 2.40–3.10');
  });
});
