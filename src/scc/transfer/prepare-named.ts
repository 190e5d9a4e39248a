import { ATTRIBUTES } from '../centre.js';
import type { SccOperation } from '../context.js';
import { readNetcdfAttributes } from '../netcdf/attributes.js';
import type { UploadOptions } from '../types.js';
import { findNamed } from './named-ancillaries.js';
import { prepareUpload, type PreparedUpload } from './prepare-upload.js';

/** An upload with the ancillary files that the measurement names. */
export interface NamedUpload {
  readonly prepared: PreparedUpload;
  readonly options: UploadOptions;
}

/**
 * Checks a measurement before its upload, and finds the files that it names.
 *
 * @param system - `given` is used in any case, `otherwise` where the file names none.
 * @throws `TypeError` for a file that cannot be sent.
 */
export async function prepareNamed(
  op: SccOperation,
  path: string,
  system: { readonly given?: number | string | undefined; readonly otherwise?: number | string | undefined },
  options: UploadOptions,
): Promise<NamedUpload> {
  const attributes = await readNetcdfAttributes(op.arguments, path, 'the file');
  const systemId = system.given ?? attributes.get(ATTRIBUTES.systemId) ?? system.otherwise;
  if (systemId === undefined)
    throw op.arguments.invalid(`no system id: give systemId, or set ${ATTRIBUTES.systemId} in ${path}`);
  const complete = { ...options, ...(await findNamed(op, path, attributes, options)) };
  return { prepared: await prepareUpload(op, path, systemId, complete), options: complete };
}
