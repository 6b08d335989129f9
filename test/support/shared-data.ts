/** Data and known answers that may stand beside the checkout; tests that read them skip where they are absent. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const BESIDE = resolve(import.meta.dirname, '../../../shared');

/** A file or folder there: `data/olga`. */
export const sharedPath = (name: string): string => resolve(BESIDE, name);

export const isShared = (name: string): boolean => existsSync(sharedPath(name));
