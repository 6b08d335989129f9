import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeParts } from '../../../src/report/plan/plan-bridge.ts';

describe('whole parts', () => {
  it('give what is left to the largest remainders, also of negative parts', () => {
    expect(wholeParts([3832.6, 91.5, -0.4, 214.3], 4138)).toEqual([3833, 91, 0, 214]);
    expect(wholeParts([10.5, -3.5], 7)).toEqual([11, -4]);
    expect(wholeParts([2843, 0, 0], 2843)).toEqual([2843, 0, 0]);
  });

  it('add up to the total, each less than one away from its part; nothing stays nothing', () => {
    const step = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const sum = steps.reduce((total, value) => total + value, 0);
        const rest = ((sum % 10_000) + 10_000) % 10_000;
        const parts = [...steps, -rest].map((value) => value / 10_000);
        const total = Math.round(parts.reduce((all, part) => all + part, 0)) + 0;
        const whole = wholeParts(parts, total);
        expect(whole.reduce((all, part) => all + part, 0)).toBe(total);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(whole[index]! - part)).toBeLessThan(1);
          if (part === 0) expect(whole[index]).toBe(0);
        }
      }),
    );
  });
});
