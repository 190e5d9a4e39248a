import { deflateRawSync, gzipSync } from 'node:zlib';

import { serveBytes } from '../../kit/files.js';
import { page } from '../../kit/html.js';
import { streamOf } from '../../kit/streams.js';
import { makeZip } from '../../kit/zip.js';
import { sleep } from '../../../core/util/time.js';
import { SIM_DOWNLOADS, STATUS, type SimDownload, type SimMeasurement } from '../model.js';
import type { DownloadMode } from '../options.js';
import { hasProduct, newerProductFiles, productFiles } from '../products.js';
import { notFound } from '../stock-pages.js';
import type { Visit } from '../visit.js';

/** `data_processing/measurements/{id}/download-…/` (scc.md, 9). */
export function download(visit: Visit, id: string, name: string): Response {
  const measurement = visit.world.find(id);
  if (measurement === undefined) return notFound(visit);
  const mode = modeOf(visit, id, name);
  if (mode === undefined && !offered(visit, measurement).includes(name)) return missing(visit, id);
  return answer(visit, measurement, name, mode ?? 'zip');
}

/** The downloads that a measurement has, by the last part of their paths. */
export function offered(visit: Visit, measurement: SimMeasurement): string[] {
  const usual = SIM_DOWNLOADS.filter((name) => hasProduct(measurement, name));
  return measurement.statuses.elda === STATUS.ok ? [...usual, ...(visit.world.options.newerProducts ?? [])] : usual;
}

function isUsual(name: string): name is SimDownload {
  return SIM_DOWNLOADS.some((known) => known === name);
}

function modeOf(visit: Visit, id: string, name: string): DownloadMode | undefined {
  const { downloads } = visit.world;
  return downloads.get(`${id}/${name}`) ?? downloads.get(`${id}/*`) ?? downloads.get(`*/${name}`) ?? downloads.get('*');
}

function missing(visit: Visit, id: string): Response {
  switch (visit.world.options.missingProduct ?? '404') {
    case '404':
      return notFound(visit);
    case 'html':
      return sorry(visit);
    case 'redirect':
      return visit.redirect(visit.href(`data_processing/measurements/${id}/`));
  }
}

function sorry(visit: Visit): Response {
  return visit.html(page('Not available', '<h3>Files</h3>\n<p>The requested product is not available.</p>'));
}

function answer(visit: Visit, measurement: SimMeasurement, name: string, mode: DownloadMode): Response {
  const fileName = `${name}_${measurement.id}.zip`;
  const files = isUsual(name) ? productFiles(measurement, name) : newerProductFiles(measurement, name);
  const zip = (bytes: Uint8Array): Response =>
    serveBytes(visit.request, bytes, {
      type: 'application/zip',
      disposition: `attachment; filename="${fileName}"`,
      ranges: visit.world.options.downloadRanges ?? false,
      ...(visit.world.options.downloadRanges === true
        ? { etag: `"${measurement.id}-${name}-${String(measurement.updated?.getTime() ?? 0)}"` }
        : {}),
    });
  switch (mode) {
    case 'zip':
      return zip(makeZip(files));
    case 'empty':
      return zip(makeZip([]));
    case '404':
      return notFound(visit);
    case 'html':
      return sorry(visit);
    case 'truncated': {
      const whole = makeZip(files);
      return zip(whole.subarray(0, Math.floor(whole.length / 2)));
    }
    case 'corrupt':
      return zip(corrupted(makeZip(files)));
    case 'gzip': {
      const packed = gzipSync(makeZip(files));
      const response = zip(packed);
      response.headers.set('content-encoding', 'gzip');
      return response;
    }
    case 'slow': {
      const whole = makeZip(files);
      return new Response(streamOf(trickle(whole)), { headers: zip(whole).headers });
    }
    case 'no-length': {
      const response = zip(makeZip(files));
      response.headers.delete('content-length');
      return response;
    }
    case 'bare': {
      const data = files[0]?.data ?? new Uint8Array();
      return serveBytes(visit.request, data, { type: 'application/x-netcdf', ranges: false });
    }
    case 'login':
      return visit.redirect(`${visit.href('accounts/login/')}?next=${encodeURIComponent(visit.context.url.pathname)}`);
  }
}

/** The archive with its first member damaged: the directory is fine, the checksum is not. */
function corrupted(zip: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const nameLength = (zip[26] ?? 0) + (zip[27] ?? 0) * 256;
  const at = 30 + nameLength;
  const junk = deflateRawSync('x'.repeat(40), { level: 0 });
  zip.set(junk.subarray(0, Math.min(junk.length, 20)), at);
  return zip;
}

async function* trickle(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const slice = Math.max(1, Math.ceil(bytes.length / 10));
  for (let at = 0; at < bytes.length; at += slice) {
    await sleep(20);
    yield bytes.subarray(at, at + slice);
  }
}
