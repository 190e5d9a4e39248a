import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { exists, statFile } from '../../../core/files/stat-file.js';
import { productIn } from '../../names/products.js';
import { folderOf, reading, type WorkspaceCall } from '../call.js';
import type { WorkspaceProduct } from '../types.js';

/** The archives of an order that are there. */
export async function products(call: WorkspaceCall, processingId: string): Promise<WorkspaceProduct[]> {
  const mapped = below(await folderOf(call, processingId), 'mapped');
  if (!(await exists(mapped))) return [];
  const entries = await reading(call, mapped, () => listDirectory(mapped));
  const archives = entries.filter(({ name, kind }) => kind === 'file' && name.endsWith('.zip'));
  return Promise.all(
    archives.map(async ({ name }) => {
      const { path, bytes, modified } = await statFile(below(mapped, name), 'archive', call.args);
      return { name: productIn(name) ?? 'project', path, bytes, modified };
    }),
  );
}
