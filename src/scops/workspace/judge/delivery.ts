import { sensorOf } from '../../names/lines.js';
import type { ScopsEnvironment } from '../environment.js';
import { listDirectory, directoryAccess } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { readText } from '../../../core/files/read-range.js';
import { isFile } from '../../../core/files/stat-file.js';
import { headerFields } from '../../order/envi-header.js';

/** Where the worker looks for a line: `{}` stands for the kind of instrument, and a leading `/` drops the source folder. */
function deliveryPattern(sourceFolder: string, line: string, environment: ScopsEnvironment): string {
  const kind = sensorOf(line) === 'owl' ? 'owl' : 'hyperspectral';
  const folder = environment.hyperDeliveryFolder.replaceAll('{}', kind);
  return folder.startsWith('/') ? folder : `${sourceFolder}/${folder}`;
}

/** The deliveries of a line; more than one where the pattern fits several, of which the worker takes any. */
export function findDeliveries(sourceFolder: string, line: string, environment: ScopsEnvironment): Promise<string[]> {
  return matchingDirectories(deliveryPattern(sourceFolder, line, environment));
}

/** Why a line has no delivery; `undefined` where it has one. */
export async function deliveryProblem(
  sourceFolder: string,
  line: string,
  environment: ScopsEnvironment,
): Promise<string | undefined> {
  if (sensorOf(line) === 'unknown') return `line ${line} is not from a known sensor (f, e, h or o)`;
  if (!sourceFolder.startsWith('/')) return `sourcefolder must be an absolute path, got ${sourceFolder}`;
  if (!isDirectory(sourceFolder)) return `sourcefolder does not exist: ${sourceFolder}`;
  if ((await findDeliveries(sourceFolder, line, environment)).length > 0) return undefined;
  const pattern = deliveryPattern(sourceFolder, line, environment);
  return environment.hyperDeliveryFolder.startsWith('/')
    ? `there is no ${pattern}: HYPER_DELIVERY_FOLDER begins with /, so sourcefolder is not searched`
    : `sourcefolder has no delivery: nothing matches ${pattern} (HYPER_DELIVERY_FOLDER)`;
}

const MAX_HEADER_BYTES = 4 * 1024 * 1024;

/** The bands of a line on disk, or why the worker cannot read it. */
export type LineReading = { readonly bands: number } | { readonly problem: string };

/** Searches for a line where the worker does: level-1b file, header, mask where one is applied, and navigation. */
export async function readLine(delivery: string, line: string, needsMask: boolean): Promise<LineReading> {
  const stem = below(delivery, 'flightlines', 'level1b', `${line}1b`);
  const needed = [`${stem}.bil`, `${stem}.bil.hdr`, ...(needsMask ? [`${stem}_mask.bil`, `${stem}_mask.bil.hdr`] : [])];
  for (const file of needed) if (!(await isFile(file))) return { problem: `line ${line} lacks ${file}` };
  const navigation = below(delivery, 'flightlines', 'navigation');
  if (isDirectory(navigation) && !(await hasNavigation(navigation, line)))
    return { problem: `line ${line} has no navigation in ${navigation}` };
  const header = `${stem}.bil.hdr`;
  try {
    const bands = headerFields(await readText(header, MAX_HEADER_BYTES)).get('bands') ?? '';
    if (/^[1-9]\d*$/u.test(bands)) return { bands: Number(bands) };
    return { problem: `${header} does not give the bands of line ${line}` };
  } catch {
    return { problem: `${header} cannot be read` };
  }
}

async function hasNavigation(directory: string, line: string): Promise<boolean> {
  try {
    const entries = await listDirectory(directory);
    return entries.some(({ name }) => name.startsWith(line) && name.endsWith('_nav_post_processed.bil'));
  } catch {
    return false;
  }
}

/** Whether a directory is there, links included. */
export function isDirectory(path: string): boolean {
  const access = directoryAccess(path);
  return access !== 'missing' && access !== 'not-a-directory';
}

/** The directories that an absolute pattern names, as Python's `glob` reads `*`, `?` and `[…]`; the worker takes any of them. */
async function matchingDirectories(pattern: string): Promise<string[]> {
  let found = ['/'];
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    const next = await Promise.all(found.map((directory) => inside(directory, part)));
    found = next.flat().filter(isDirectory);
  }
  return found;
}

async function inside(directory: string, part: string): Promise<string[]> {
  if (!/[*?[]/u.test(part)) return [below(directory, part)];
  const name = matcher(part);
  try {
    const entries = await listDirectory(directory);
    return entries.flatMap((entry) => (name.test(entry.name) ? [below(directory, entry.name)] : []));
  } catch {
    return [];
  }
}

function matcher(part: string): RegExp {
  const hidden = part.startsWith('.') ? '' : '(?!\\.)';
  const body = part.replace(
    /\[([!^]?)([^\]]+)\]|([\s\S])/gu,
    (_found, not: string | undefined, set: string | undefined, one: string) => {
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\[\]^]/gu, '\\$&')}]`;
      if (one === '*') return '.*';
      return one === '?' ? '.' : one.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&');
    },
  );
  return new RegExp(`^${hidden}${body}$`, 'su');
}
