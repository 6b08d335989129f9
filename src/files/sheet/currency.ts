/** Currencies as they are written beside numbers: symbols and ISO codes. */

/** The dollar sign alone may be any dollar, the yen sign yen or yuan, `kr` any Nordic crown. */
const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'CLP', 'COP', 'ARS'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  KR: ['SEK', 'NOK', 'DKK', 'ISK'],
  '₹': ['INR'],
  RS: ['INR', 'PKR', 'LKR'],
  '₩': ['KRW'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '₴': ['UAH'],
  '฿': ['THB'],
  ZŁ: ['PLN'],
  KČ: ['CZK'],
  FT: ['HUF'],
  FR: ['CHF'],
  SFR: ['CHF'],
  R$: ['BRL'],
  US$: ['USD'],
  C$: ['CAD'],
  CA$: ['CAD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  NZ$: ['NZD'],
  S$: ['SGD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  MX$: ['MXN'],
  // As Dynamics 365 writes them.
  'US DOLLAR': ['USD'],
  EURO: ['EUR'],
  'POUND STERLING': ['GBP'],
  'CANADIAN DOLLAR': ['CAD'],
  'AUSTRALIAN DOLLAR': ['AUD'],
  'SWISS FRANC': ['CHF'],
};

const CODES: ReadonlySet<string> = new Set(
  (
    'USD EUR GBP JPY CNY CHF CAD AUD NZD SGD HKD TWD SEK NOK DKK ISK PLN CZK HUF RON BGN INR PKR LKR KRW RUB TRY ' +
    'ILS VND PHP UAH THB IDR MYR BRL MXN CLP COP ARS PEN ZAR NGN KES EGP MAD AED SAR QAR'
  ).split(' '),
);

/**
 * The currency a symbol or code stands for, the likeliest where it stands for several (`$` is USD), or null.
 * `currencyOf('eur')` is EUR, `currencyOf('units')` null.
 */
export function currencyOf(written: string): string | null {
  const key = written.toUpperCase().replace(/\.$/, '');
  return SYMBOLS[key]?.[0] ?? (CODES.has(key) ? key : null);
}

/** Whether what is written beside an amount can mean that currency: `$` can mean CAD, `USD` cannot. */
export function canMean(written: string | null, currency: string): boolean {
  if (written === null) return true;
  const key = written.toUpperCase().replace(/\.$/, '');
  return SYMBOLS[key]?.includes(currency) ?? key === currency;
}
