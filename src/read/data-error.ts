/**
 * A file whose content cannot be read: damaged, cut short, or of a kind that is refused by name.
 *
 * It is no `SdcError`, since it is about no centre. Its message names the file where one is known, the place, and what is wrong there.
 *
 * @example
 * ```ts
 * import { DataError, openData } from '@lab/sdc/read';
 *
 * try {
 *   await using file = await openData('spectrum.cdf');
 *   console.log([...file.variables.keys()]);
 * } catch (error) {
 *   if (!(error instanceof DataError)) throw error;
 *   console.error(`${error.path ?? 'the data'} at byte ${error.offset ?? 0}: ${error.message}`);
 * }
 * ```
 */
export class DataError extends Error {
  /** Always `'DataError'`. */
  override readonly name = 'DataError';
  /** Always `'data'`. */
  readonly code = 'data';
  /** The file, where it has a name. */
  readonly path?: string;
  /** The byte in the file (uncompressed, if it was compressed) where the reader stopped. */
  readonly offset?: number;

  constructor(what: string, place: { path?: string | undefined; offset?: number | undefined; cause?: unknown } = {}) {
    const { path, offset, cause } = place;
    const where = [path, offset === undefined ? undefined : `byte ${offset}`].filter((part) => part !== undefined);
    super(where.length > 0 ? `${where.join(', ')}: ${what}` : what, cause === undefined ? undefined : { cause });
    if (path !== undefined) this.path = path;
    if (offset !== undefined) this.offset = offset;
  }
}
