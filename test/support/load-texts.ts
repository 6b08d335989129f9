/** Loads a plan from texts: a plan file and the files it names, in a folder of their own that is gone afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlan } from '../../src/files/load-plan.ts';
import type { PlanRequest } from '../../src/files/plan-request.ts';

/** The plan in `leadgoal.yaml` of these texts, by file name, as `coverage` wants it. */
export function loadTexts(
  texts: Readonly<Record<string, string>>,
  request: Partial<PlanRequest> = {},
): ReturnType<typeof loadPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    return loadPlan({
      plan: join(folder, 'leadgoal.yaml'),
      keys: {},
      fiscalYear: null,
      decimal: null,
      dateOrder: null,
      purpose: 'coverage',
      strict: false,
      scenario: null,
      set: [],
      ...request,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
