/** Month names as they stand in spreadsheets: English, German, French and Spanish, whole and cut short. */

/** Per month, every spelling without accents; no spelling means two months. */
const NAMES: readonly string[] = [
  'january jan januar jaenner janner janvier janv enero ene',
  'february feb februar fevrier fevr fev febrero',
  'march mar marz maerz mrz mars marzo',
  'april apr avril avr abril abr',
  'may mai mayo',
  'june jun juni juin junio',
  'july jul juli juillet juil julio',
  'august aug aout agosto ago',
  'september sep sept septembre septiembre',
  'october oct oktober okt octobre octubre',
  'november nov novembre noviembre',
  'december dec dezember dez decembre diciembre dic',
];

const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

/** Lower case without accents, so that `Février` and `MÄRZ` are found. */
export function withoutAccents(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

/** 1 to 12, or null: `monthNamed('Sept')` is 9. */
export function monthNamed(name: string): number | null {
  return MONTHS.get(withoutAccents(name)) ?? null;
}

/** Two digits are of the years 2000 to 2079, or 1980 to 1999; four stand for themselves. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 80 ? 2000 + year : 1900 + year;
}
