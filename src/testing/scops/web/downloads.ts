import { serveBytes } from '../../kit/files.js';
import { findValue } from '../python/config-values.js';
import { OUTPUT_DIRECTORY } from '../settings.js';
import type { DiskFile } from '../world/disk.js';
import { bareText } from './answers.js';
import type { SiteCall } from './call.js';
import { HttpFault } from './fault.js';
import { findOrder } from './status-source.js';

const NO_FOLDER = 'The file you tried to access does not exist!';
const NOT_FINALISED = 'Processing not finalised, contact NERC-ARF-DAN for assistance';

/** `/downloads/<id>`: the project archive, or one of two texts, all of them with status 200 (pitfall 11). */
export function downloadProject({ world, request, args: [id = ''] }: SiteCall): Response {
  if (id.includes('..')) throw new HttpFault(404);
  const { disk } = world;
  const folder = `${OUTPUT_DIRECTORY}${id}`;
  if (!disk.hasFolder(folder)) return bareText(NO_FOLDER);
  const path = disk.list(`${folder}/mapped/`).find((file) => file.endsWith('.zip') && !file.includes('bil'));
  const file = path === undefined ? undefined : disk.read(path);
  if (path === undefined || file === undefined) return bareText(NOT_FINALISED);
  const { config } = findOrder(world, id);
  const [project, year, day] = ['project_code', 'year', 'julianday'].map(
    (key) => findValue(config, 'DEFAULT', key) ?? '',
  );
  const name = `${project ?? ''}_${year ?? ''}${(day ?? '').padStart(3, '0')}.zip`;
  return sendFile(request, path, file, name, 'application/.zip');
}

/** `/downloads/<id>/<product>`: one product. */
export function downloadProduct({ world, request, args: [id = '', product = ''] }: SiteCall): Response {
  if (id.includes('..') || product.includes('..')) throw new HttpFault(404);
  const folder = `${OUTPUT_DIRECTORY}${id}`;
  if (!world.disk.hasFolder(folder)) return bareText(NO_FOLDER);
  const name = `${product}3b_mapped.bil.zip`;
  const path = `${folder}/mapped/${name}`;
  const file = world.disk.read(path);
  if (file === undefined) throw new HttpFault(404);
  return sendFile(request, path, file, name, 'application/zip');
}

/** As Flask sends a file: validators, ranges, `no-cache`. */
function sendFile(request: Request, path: string, file: DiskFile, name: string, type: string): Response {
  const etag = `"${file.modified / 1000}-${file.bytes.length}-${adler32(path)}"`;
  const lastModified = new Date(file.modified).toUTCString();
  const known = request.headers.get('if-none-match');
  if (known !== null && (known === '*' || known.includes(etag))) {
    return new Response(null, { status: 304, headers: { etag, 'cache-control': 'no-cache' } });
  }
  const disposition = `attachment; filename=${name}`;
  return serveBytes(request, file.bytes, {
    type,
    disposition,
    etag,
    lastModified,
    headers: { 'cache-control': 'no-cache' },
  });
}

function adler32(text: string): number {
  let a = 1;
  let b = 0;
  for (const byte of new TextEncoder().encode(text)) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
