import type { SdcErrorInit } from '../../errors.js';
import { below } from '../../core/files/paths.js';
import { archives, members } from '../../core/transfer/zip/lazy.js';
import type { ExistingFile, TransferRequest } from '../../core/transfer/types.js';
import type { SccOperation } from '../context.js';
import { findChanged } from '../measurements/find-changed.js';
import { productFileName } from '../names/product.js';
import { isNewer } from '../processing/changes.js';
import type { SccProduct } from '../types.js';
import { archivedNames, removeLeftovers } from './leftovers.js';

/** Whether a file that is there holds the products of now; the SCC is asked once, and only where there is one. */
export function currentness(op: SccOperation, id: string): (existing: ExistingFile) => Promise<boolean> {
  let asked: ReturnType<typeof findChanged> | undefined;
  return async ({ modifiedAt }) => {
    if (op.context.changes.has(id)) return false;
    asked ??= findChanged(op, id);
    const found = await asked;
    return found !== undefined && isNewer(modifiedAt, found);
  };
}

type Finish = Pick<TransferRequest<SccProduct>, 'load' | 'transform' | 'onPlaced'>;

/** Puts the raw file in place of the zip around it. It is known to come so, or bare: either way it is `<id>.nc` in the end. */
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
  // Read now: later the new archive stands in its place.
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
