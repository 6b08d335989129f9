/** Words of the coverage report: whose row it is, which period, which status. */
import type { CoverageRow, Status } from '../../coverage/coverage.ts';
import type { Tone } from '../block.ts';
import { NONE } from '../format.ts';

export const NEEDS_RATES = 'needs rates';

export function statusWord(status: Status | null): string {
  if (status === null) return NEEDS_RATES;
  return status === 'no_quota' ? 'no quota' : status;
}

export const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  made: 'good',
  enough: 'good',
  short: 'bad',
  no_quota: 'dim',
};

/** `Ana Ruiz`, `open (was Gil)`, `UK`, `Company`. */
export function nameOfRow({ rep, territory, team }: Pick<CoverageRow, 'rep' | 'territory' | 'team'>): string {
  return rep ?? territory ?? (team === null ? 'Company' : team.slice(team.lastIndexOf('/') + 1));
}

/** A number that needs rates, or a dash where it does not apply. */
export function needing<Value>(
  value: Value | null,
  hasRates: boolean,
  write: (value: Value) => string,
): string {
  if (value !== null) return write(value);
  return hasRates ? NONE : '?';
}
