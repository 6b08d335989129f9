/** Keys with whom they speak of: one spelling, which `--set` reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSet } from '../../src/files/what-if/change-text.ts';
import { scopedKey } from '../../src/scenario/scoped-key.ts';

const name = fc.option(fc.constantFrom('West', 'EMEA/UK', 'Ana Ruiz', 'paid, social'), { nil: null });

describe('a key with its scope', () => {
  it('is the key alone, or has the scope in brackets, without blanks', () => {
    expect(scopedKey('quota', { team: null, rep: null, source: null })).toBe('quota');
    expect(scopedKey('rates.lead_to_close', { team: 'East', rep: null, source: 'inbound' })).toBe(
      'rates.lead_to_close[team=East,source=inbound]',
    );
  });

  it('is read by --set as it was meant', () => {
    fc.assert(
      fc.property(fc.record({ team: name, rep: name, source: name }), (scope) => {
        const { value } = parseSet(`${scopedKey('deal_size', scope)}=+10%`, null);
        expect([value!.key, value!.scope]).toEqual(['deal_size', scope]);
      }),
    );
  });
});
