import type { SheetSpec } from '../../src/files/sheet/sheet-model.ts';
import { CALENDAR_YEAR } from '../../src/period/fiscal.ts';

/** A quota file of a calendar year, as the sheet reader is asked for it. */
export const quotaSheet: SheetSpec = {
  kind: 'quotas',
  wanted: [
    { name: 'team', holds: 'text', required: false },
    { name: 'rep', holds: 'text', required: false },
    { name: 'period', holds: 'period', required: true },
    { name: 'quota', holds: 'number', required: true },
  ],
  wide: ['period', 'quota'],
  stages: ['lead', 'conversation', 'opportunity', 'close'],
  mapping: {},
  periods: { calendar: CALENDAR_YEAR, fiscalYear: 2027, dateOrder: null },
  decimal: null,
  rowFaults: 'error',
};
