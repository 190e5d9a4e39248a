/**
 * Shapes that Python services and JSOC's archive are known to produce: numbers that are none printed bare (`bare-nan`), masks
 * as JSOC prints them (`hexadecimal-quality`), names in upper case (`upper-case`); and, in the first record of each list,
 * a missing time (`no-time`), a link that is null (`null-link`), and a slot that is no number (`text-slot`).
 */
export type HmiOddity = 'bare-nan' | 'hexadecimal-quality' | 'upper-case' | 'no-time' | 'null-link' | 'text-slot';

type Row = Record<string, unknown>;

/** A row as it is printed, with the oddities that are asked for. */
export function oddRow(row: Row, { oddities }: { readonly oddities: readonly HmiOddity[] }, place?: number): Row {
  let odd = { ...row };
  if (oddities.includes('bare-nan')) withoutNumbers(odd);
  if (oddities.includes('hexadecimal-quality')) withHexadecimal(odd);
  if (place === 0) {
    const time = 'date_obs' in odd ? 'date_obs' : 'date__obs';
    if (oddities.includes('no-time')) odd[time] = null;
    if (oddities.includes('null-link')) withNullLink(odd);
    if (oddities.includes('text-slot') && 't_rec_index' in odd) odd.t_rec_index = 'unknown';
  }
  if (oddities.includes('upper-case')) odd = inUpperCase(odd);
  return odd;
}

/** What is null elsewhere, and one keyword. */
function withoutNumbers(row: Row): void {
  if ('exptime' in row) Object.assign(row, { exptime: Number.NaN, mask_cadence: -Infinity });
  if (isRow(row.meta) && 'usflux' in row.meta) row.meta = { ...row.meta, usflux: Infinity };
}

function withHexadecimal(row: Row): void {
  if (isRow(row.meta)) row.meta = { ...row.meta };
  for (const one of [row, row.meta])
    if (isRow(one) && typeof one.quality === 'number')
      one.quality = `0x${(one.quality >>> 0).toString(16).padStart(8, '0')}`;
}

function withNullLink(row: Row): void {
  if ('url' in row) row.url = null;
  const urls: unknown = row.urls;
  if (Array.isArray(urls)) row.urls = urls.map((url: unknown, place) => (place === 0 ? null : url));
}

function inUpperCase(row: Row): Row {
  const odd: Row = {};
  for (const [name, value] of Object.entries(row)) odd[name.toUpperCase()] = isRow(value) ? inUpperCase(value) : value;
  return odd;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Marks what JSON cannot say; no text of the archive holds it. */
const MARK = '\u0001';

/** JSON as Python's `json.dumps` writes it: `NaN`, `Infinity` and `-Infinity` bare. */
export function pythonJson(value: unknown, indent?: number): string {
  const marked = (_name: string, one: unknown): unknown =>
    typeof one === 'number' && !Number.isFinite(one) ? `${MARK}${String(one)}` : one;
  return JSON.stringify(value, marked, indent).replace(/"\\u0001(-?\w+)"/g, '$1');
}
