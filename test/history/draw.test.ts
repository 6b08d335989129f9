/** How sure a rate is that was drawn to those above it. */
import { describe, expect, it } from 'vitest';
import { drawReps, drawTeams, type Member } from '../../src/history/draw.ts';
import { NOBODY } from '../../src/history/units.ts';
import { blendGroup } from '../../src/rates/blend.ts';

const member = (rep: string, converted: number, records: number, team: string | null = null): Member => ({
  team,
  rep,
  counts: {
    ...NOBODY,
    records,
    converted,
    worth: records,
    weighedConverted: converted,
    weighedWorth: records,
  },
  isTrusted: true,
});

describe('as sure as so many records', () => {
  const reps = [member('a', 3, 100), member('b', 6, 100), member('c', 2, 50), member('d', 0, 0)];
  const { correlation } = blendGroup(
    [3, 6, 2].map((converted, at) => ({ converted, entered: [100, 100, 50][at]! })),
  )!;
  const weight = (1 - correlation) / correlation;
  const together = [100, 100, 50].reduce(
    (sum, entered) => sum + entered / (1 + (entered - 1) * correlation),
    0,
  );

  it('its own and the weight of the mean, as far as the mean is known', () => {
    expect(weight).toBeCloseTo(422.14597, 5);
    const [first] = drawReps(reps);
    const part = weight / (100 + weight);
    expect(first!.sureAs).toBeCloseTo(1 / (1 / (100 + weight) + part ** 2 / together), 9);
  });

  it('more than its own, and who has none less than who has some', () => {
    const sure = drawReps(reps).map(({ sureAs }) => sureAs);
    expect(sure[0]).toBeGreaterThan(100);
    expect(sure[0]).toBeGreaterThan(sure[2]!);
    expect(sure[2]).toBeGreaterThan(sure[3]!);
    expect(sure[3]).toBeLessThan(together);
    expect(drawReps(reps)[3]).toMatchObject({ answeredBy: 'company' });
  });

  it('never surer than the records there are', () => {
    const same = Array.from({ length: 40 }, (_, index) => member(`r${index}`, 10, 100, `T${index % 4}`));
    for (const { sureAs } of drawReps(same)) expect(sureAs).toBeLessThanOrEqual(4_000 + 1e-6);
    for (const { sureAs } of drawTeams(same)) expect(sureAs).toBeLessThanOrEqual(4_000 + 1e-6);
  });
});

it('who is not trusted brings nothing to the others either', () => {
  const reps = [member('a', 3, 100, 'A'), member('b', 6, 100, 'A')];
  const liar: Member = { ...member('c', 50, 50, 'A'), isTrusted: false };
  const [first, second] = drawReps(reps);
  const [withFirst, withSecond, own] = drawReps([...reps, liar]);
  expect([withFirst!.rate, withSecond!.rate]).toEqual([first!.rate, second!.rate]);
  expect(own).toMatchObject({ answeredBy: 'team' });
});
