import { describe, expect, it } from 'vitest';
import { canMean } from '../../../src/files/sheet/currency.ts';
import { decideDecimal } from '../../../src/files/sheet/decimal.ts';
import { parseAmount, parseCount, parseShare } from '../../../src/files/sheet/number-text.ts';

const amount = (text: string, decimal: 'point' | 'comma' | null = 'point') => {
  const { value, fault } = parseAmount(text, decimal);
  return fault?.code ?? (value && [value.value, value.currency, value.unit]);
};

describe('parseAmount', () => {
  it('reads numbers as people write them', () => {
    const table: [string, number, string | null, number][] = [
      ['45000', 45000, null, 1],
      ['45000.50', 45000.5, null, 0.01],
      ['$45,000', 45000, 'USD', 1],
      ['45k', 45000, null, 1000],
      ['1.2M', 1_200_000, null, 100_000],
      ['$1.15m', 1_150_000, 'USD', 10_000],
      ['(500)', -500, null, 1],
      ['($1,500.25)', -1500.25, 'USD', 0.01],
      ['$(500)', -500, 'USD', 1],
      ['-500', -500, null, 1],
      ['−500', -500, null, 1],
      ['-$500', -500, 'USD', 1],
      ['$-500', -500, 'USD', 1],
      ['500-', -500, null, 1],
      ['45 000', 45000, null, 1],
      ['45\u00a0000', 45000, null, 1],
      ['45\u202f000.5', 45000.5, null, 0.1],
      ["1'200", 1200, null, 1],
      ['1’200.5', 1200.5, null, 0.1],
      ['USD 45,000', 45000, 'USD', 1],
      ['45,000 EUR', 45000, 'EUR', 1],
      ['45,000€', 45000, 'EUR', 1],
      ['CHF 500.-', 500, 'CHF', 1],
      ['C$5', 5, 'CAD', 1],
      ['£1.5m', 1_500_000, 'GBP', 100_000],
      ['1.5 M€', 1_500_000, 'EUR', 100_000],
      ['3E+3', 3000, null, 1000],
      ['2.5e-1', 0.25, null, 0.01],
      ['12,34,567', 1234567, null, 1],
      ['+5', 5, null, 1],
      ['.5', 0.5, null, 0.1],
      ['0', 0, null, 1],
      ['-0', 0, null, 1],
    ];
    for (const [text, value, currency, unit] of table)
      expect([text, amount(text)]).toEqual([text, [value, currency, unit]]);
    expect(amount('€ 45.000,50', 'comma')).toEqual([45000.5, 'EUR', 0.01]);
    expect(amount('1.234.567', 'comma')).toEqual([1234567, null, 1]);
    expect(amount('1,5', 'comma')).toEqual([1.5, null, 0.1]);
  });

  it('takes an empty cell as missing, never 0', () => {
    expect(parseAmount('', 'point')).toEqual({ value: null, fault: null });
    expect(parseCount('', 'point')).toEqual({ value: null, fault: null });
    expect(parseShare('', 'point')).toEqual({ value: null, fault: null });
  });

  it('says why the rest is no number', () => {
    const table: Record<string, string[]> = {
      number_placeholder: ['-', '–', '—', 'n/a', 'N/A', 'TBD', 'none', '?'],
      number_not_finite: ['NaN', 'Infinity', '-inf', '1e999'],
      cell_spreadsheet_error: ['#REF!', '#N/A', '#DIV/0!', '#####'],
      number_with_percent: ['25%', '25 %'],
      number_decimal_style: ['1,23', '1.234,5', '1,5', '0,125', '1.234.567'],
      number_unreadable: [
        'abc',
        '1-2',
        '10 20',
        '$5 EUR',
        '--5',
        '12 apples',
        '1.2.3',
        '2027-01-05',
        '(500)2',
        'Q1 2027',
      ],
    };
    for (const [code, texts] of Object.entries(table))
      for (const text of texts) expect([text, amount(text)]).toEqual([text, code]);
  });

  it('lets $ mean any dollar, but not USD', () => {
    expect([
      canMean('$', 'CAD'),
      canMean('USD', 'CAD'),
      canMean('€', 'CAD'),
      canMean(null, 'CAD'),
      canMean('eur', 'EUR'),
    ]).toEqual([true, false, false, true, true]);
  });
});

describe('parseCount and parseShare', () => {
  it('read counts', () => {
    const read = (text: string) => {
      const { value, fault } = parseCount(text, 'point');
      return fault?.code ?? value;
    };
    expect(['12', '1,200', '12.5', '0', '1.2k'].map(read)).toEqual([12, 1200, 12.5, 0, 1200]);
    expect(['-1', '$5', '5%', 'x'].map(read)).toEqual([
      'count_negative',
      'count_with_unit',
      'count_with_unit',
      'number_unreadable',
    ]);
  });

  it('read shares as 0..1, and ask where 25 may be 25 %', () => {
    const read = (text: string) => {
      const { value, fault } = parseShare(text, 'point');
      return fault?.code ?? value;
    };
    expect(['25%', '25 %', '0.25', '12.5%', '1', '0', '125%', '1.25', '0.1%'].map(read)).toEqual([
      0.25, 0.25, 0.25, 0.125, 1, 0, 1.25, 1.25, 0.001,
    ]);
    expect(['25', '2', '3.5', '$1', 'x'].map(read)).toEqual([
      'share_without_percent',
      'share_without_percent',
      'share_without_percent',
      'share_with_unit',
      'number_unreadable',
    ]);
    expect(parseShare('25', 'point').fault?.arguments).toEqual({ text: '25', percent: '25%', share: 0.25 });
  });
});

describe('decideDecimal', () => {
  const decide = (cells: string[], delimiter: ',' | ';' = ';') => {
    const { decimal, conflict, ambiguous } = decideDecimal(cells, { delimiter, option: null });
    if (conflict) return `conflict ${conflict.point.index} ${conflict.comma.index}`;
    return ambiguous ? `ambiguous ${ambiguous.index} ${ambiguous.asPoint} ${ambiguous.asComma}` : decimal;
  };

  it('goes by what can be read one way only', () => {
    for (const text of [
      '1.234,56',
      '1,5',
      '0,125',
      '1.234.567',
      '1234,567',
      '1 234,567',
      '€ 1,50',
      '12,5%',
      ',5',
    ])
      expect([text, decide([text])]).toEqual([text, 'comma']);
    for (const text of ['1,234.56', '1.5', '0.125', '1,234,567', '1234.567', '12,34,567', "1'234.567"])
      expect([text, decide([text])]).toEqual([text, 'point']);
    expect(decide(['5', '', 'abc', '45 000', '27.01.2027', 'a,b'])).toBe(null);
    expect(decide(['45.000', '1,5'])).toBe('comma');
    expect(decide(['45.000', '1.5'])).toBe('point');
  });

  it('takes 1,234 as thousands in a comma file or beside a dollar or pound, and asks elsewhere', () => {
    expect(decide(['5', '1,234'])).toBe('ambiguous 1 1234 1.234');
    expect(decide(['5', '1,234'], ',')).toBe('point');
    expect(decide(['$1,234', '£2,000'])).toBe('point');
    expect(decide(['1.234'], ',')).toBe('ambiguous 0 1.234 1234');
    expect(decide(['$1.234'], ',')).toBe('ambiguous 0 1.234 1234');
  });

  it('names both cells of a contradiction, and obeys the option', () => {
    expect(decide(['7', '1,5', '2.5'])).toBe('conflict 2 1');
    expect(decideDecimal(['1,5', '2.5'], { delimiter: ',', option: 'comma' })).toEqual({
      decimal: 'comma',
      conflict: null,
      ambiguous: null,
    });
  });
});
