import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { readText } from '../../../core/files/read-range.js';
import { isFile } from '../../../core/files/stat-file.js';
import { headerFields } from '../../order/envi-header.js';
import { isDirectory } from './glob.js';

const MAX_HEADER_BYTES = 4 * 1024 * 1024;

/** The bands of a line on disk, or why the worker cannot read it. */
export type LineReading = { readonly bands: number } | { readonly problem: string };

/** Looks for a line where the worker does: level-1b file, header, mask where one is applied, and navigation. */
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
    return { problem: `${header} does not tell the bands of line ${line}` };
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
