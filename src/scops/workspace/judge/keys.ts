import type { ScopsConfig } from '../../config/types.js';
import { isProjectCode } from '../../names/ids.js';
import { lineOrdersOf } from '../../order/lines.js';
import { requireEmail } from '../../order/text.js';
import { readBoolean } from '../../config/booleans.js';
import { complaintOf } from './complaint.js';

/** What submission reads besides (protocol notes 13.2, last paragraph). */
const NEEDED = [
  'project_code',
  'julianday',
  'year',
  'sortie',
  'projection',
  'dem',
  'email',
  'status_email_sent',
  'sourcefolder',
  'masking',
  'pixelsize',
  'interpolation',
] as const;
const LINE_NEEDED = ['process', 'band_range'] as const;
const MAY_BE_EMPTY = new Set<string>(['sortie']);

/** Which key submission could not do with; `undefined` where all are good. */
export async function keysProblem({ defaults, lines }: ScopsConfig): Promise<string | undefined> {
  const missing = NEEDED.find((key) => defaults[key] === undefined || (defaults[key] === '' && !MAY_BE_EMPTY.has(key)));
  if (missing !== undefined) return `${missing} is missing`;
  if (!isProjectCode(defaults.project_code ?? '')) return 'project_code must be letters, digits and single underscores';
  if (!/^\d{4}$/u.test(defaults.year ?? '')) return 'year must be four digits';
  const day = Number(/^\d{1,3}$/u.exec(defaults.julianday ?? '')?.[0]);
  if (!(day >= 1 && day <= 366)) return 'julianday must be a day of the year';
  if (!/^(?:None|[A-Za-z]?)$/u.test(defaults.sortie ?? '')) return 'sortie must be one letter or None';
  if (readBoolean(defaults.status_email_sent) === undefined) return 'status_email_sent must be True or False';
  const ranges: { name: string; bands: [number, number] }[] = [];
  for (const [line, values] of Object.entries(lines)) {
    const absent = LINE_NEEDED.find((key) => (values[key] ?? defaults[key]) === undefined);
    if (absent !== undefined) return `line ${line} lacks ${absent}`;
    const [, first, last] = /^(\d+)-(\d+)$/u.exec(values.band_range ?? defaults.band_range ?? '') ?? [];
    if (first === undefined || last === undefined) return `band_range of line ${line} must be first-last`;
    ranges.push({ name: line, bands: [Number(first), Number(last)] });
  }
  return complaintOf((args) => {
    lineOrdersOf(args, ranges);
    requireEmail(args, defaults.email);
  });
}
