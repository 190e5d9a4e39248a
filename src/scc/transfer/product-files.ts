import type { ResponseHead } from '../../core/http/response.js';
import type { SdcErrorInit } from '../../errors.js';
import { below, baseName } from '../../core/files/paths.js';
import { archives, members } from '../../core/transfer/zip/lazy.js';
import type { ExistingFile, TransferRequest } from '../../core/transfer/types.js';
import type { SccOperation } from '../context.js';
import { findChanged } from '../calls/find-measurement.js';
import { productFileName } from '../names/product.js';
import type { ChangedMeasurement } from '../decode/measurement.js';
import { isActive } from '../processing/state.js';
import { now } from '../../core/util/time.js';
import type { SccProduct } from '../types.js';
import { listDirectory, removeFile } from '../../core/files/directory.js';
import { exists } from '../../core/files/stat-file.js';

/** How far the clocks of the SCC and of a file system may be apart, and how long an archive may take to come. */
export const DOUBT_MS = 15 * 60_000;

/** Whether a file that is there holds the products of now; the SCC is asked once, and only where there is one. */
export function currentness(
  op: SccOperation,
  id: string,
): (existing: ExistingFile, head?: ResponseHead) => Promise<boolean> {
  let asked: ReturnType<typeof findChanged> | undefined;
  let answered = false;
  return async ({ modifiedAt }, head) => {
    if (op.context.changed.has(id)) return false;
    // With the head of an answer its body is open: what is asked now must not wait until a body has ended.
    if (head !== undefined && !answered) asked = findChanged(op.uncounted(), id);
    asked ??= findChanged(op, id);
    const found = await asked;
    answered = true;
    return found !== undefined && isNewer(modifiedAt, found);
  };
}

/**
 * Whether a file of that age can only hold the products that a measurement has now.
 *
 * The SCC sends neither validators nor digests, so only the date of the last change tells; where that is not known for sure, its
 * time zone included, or the clocks may disagree, nothing does.
 */
function isNewer(modifiedAt: Date, { measurement, changedAt }: ChangedMeasurement): boolean {
  if (changedAt === undefined || isActive(measurement)) return false;
  return modifiedAt.getTime() <= now() && modifiedAt.getTime() - changedAt.getTime() > DOUBT_MS;
}

type Finish = Pick<TransferRequest<SccProduct>, 'load' | 'transform' | 'onPlaced'>;

/** Replaces a zip by the raw file in it. The SCC sends it with or without the zip: either way the result is `<id>.nc`. */
export function takeOutRaw(init: SdcErrorInit): Finish {
  return {
    load: members,
    transform: async (part, signal) => {
      const { replaceByMember } = await members(init);
      return replaceByMember(part, (name) => /\.(?:nc|cdf|nc4)$/iu.test(name), init, signal);
    },
  };
}

/** Unpacks the archive of a product into `<folder>/<id>/<product>/`, and removes what the archive before it left there. */
export async function unpackProduct(
  init: SdcErrorInit,
  id: string,
  product: SccProduct,
  folder: string,
): Promise<Finish> {
  // Read now: later the new archive has replaced it.
  const earlier = await archivedNames(below(folder, productFileName(product, id)), init);
  const target = below(folder, id, product);
  return {
    load: archives,
    onPlaced: async (path, signal) => {
      const { unpackZip } = await archives(init);
      const extracted = await unpackZip(path, target, { signal, strip: id, init });
      await removeLeftovers(target, id, extracted, earlier);
      return { extracted };
    },
  };
}

/** The names of the files in an archive that is about to be replaced; none where there is none, or it cannot be read. */
async function archivedNames(path: string, init: SdcErrorInit): Promise<ReadonlySet<string>> {
  if (!(await exists(path))) return new Set();
  const { listZip } = await archives(init);
  try {
    const members = await listZip(path);
    return new Set(members.map(({ name }) => plain(name)));
  } catch {
    return new Set();
  }
}

/**
 * Removes what earlier archives of a product left in its folder, so that it holds one processing: files that the archive
 * before held, and those that are named as the SCC names its files, with the measurement's id. Files of the user's own stay.
 *
 * @param folder - Where the archive was unpacked.
 * @param extracted - The files of the new one.
 * @param earlier - Names of the files of the archive before.
 */
async function removeLeftovers(
  folder: string,
  id: string,
  extracted: readonly string[],
  earlier: ReadonlySet<string>,
): Promise<void> {
  const kept = new Set(extracted.map((path) => path.toLowerCase()));
  const types = new Set(extracted.map(typeOf));
  const isLeftover = (path: string): boolean => {
    if (kept.has(path.toLowerCase())) return false;
    return earlier.has(plain(path)) || (types.has(typeOf(path)) && baseName(path).includes(id));
  };
  for (const path of await filesBelow(folder)) if (isLeftover(path)) await removeFile(path);
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, kind } of await listDirectory(folder)) {
    const path = below(folder, name);
    if (kind === 'directory') files.push(...(await filesBelow(path)));
    else if (kind === 'file') files.push(path);
  }
  return files;
}

function typeOf(path: string): string {
  return /\.[^./\\]+$/u.exec(path.toLowerCase())?.[0] ?? '';
}

function plain(path: string): string {
  return path.toLowerCase().split(/[/\\]/u).at(-1) ?? '';
}
