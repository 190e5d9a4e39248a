import { besides } from '../../core/files/paths.js';
import { exists } from '../../core/files/stat-file.js';
import { getAncillary } from '../calls/get-ancillary.js';
import { ANCILLARIES, ANCILLARY_TYPES } from '../centre.js';
import type { SccOperation } from '../context.js';
import type { NetcdfAttributes } from '../netcdf/attributes.js';
import type { AncillaryType, UploadOptions } from '../types.js';

type FileOption = (typeof ANCILLARIES)[AncillaryType]['option'];

/**
 * The files that a measurement names (`Sounding_File_Name`, `Overlap_File_Name`, `LR_File_Name`) and that are in its folder; none
 * where the caller gives one, or the SCC holds it.
 *
 * @throws `TypeError` for a radiosonde file that is missing: the SCC would wait for it.
 */
export async function findNamed(
  op: SccOperation,
  path: string,
  attributes: NetcdfAttributes,
  options: UploadOptions,
): Promise<Pick<UploadOptions, FileOption>> {
  const found: Partial<Record<FileOption, string>> = {};
  for (const type of ANCILLARY_TYPES) {
    const { attribute, option, title } = ANCILLARIES[type];
    const named = attributes.get(attribute) ?? '';
    if (options[option] !== undefined || named === '') continue;
    const complain = (words: string): void => {
      if (type === 'sounding') throw op.arguments.invalid(words);
      op.warn(words);
    };
    if (/[/\\]/u.test(named))
      complain(`${attribute} must be a name without folders, got ${JSON.stringify(named.slice(0, 80))}`);
    else if (await exists(besides(path, named))) found[option] = besides(path, named);
    else if (!(await isHeld(op, named, type)))
      complain(
        `the ${title} ${named} is neither next to the file nor on the SCC, which would wait for it; put it next to ${path}`,
      );
  }
  return found;
}

async function isHeld(op: SccOperation, name: string, type: AncillaryType): Promise<boolean> {
  return (await getAncillary(op, name, type))?.exists === true;
}
