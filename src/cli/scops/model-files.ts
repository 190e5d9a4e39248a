import { stat } from 'node:fs/promises';
import type { Context } from '../command/context.js';
import { sizeOf } from '../command/transfer.js';

/** An elevation model on this machine. */
interface Model {
  readonly file: string | URL;
  readonly header?: string | URL | undefined;
}

/** Counts the files of an elevation model that was sent: the heights and their header, which may be the one beside them. */
export async function countModel({ closing }: Context, { file, header }: Model): Promise<void> {
  const heights = String(file);
  const beside = [heights.replace(/\.[^./\\]*$/u, '.hdr'), `${heights}.hdr`].filter((name) => name !== heights);
  closing.uploaded(await sizeOf(heights));
  for (const name of header === undefined ? beside : [String(header)]) {
    if (await isThere(name)) {
      closing.uploaded(await sizeOf(name));
      return;
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
