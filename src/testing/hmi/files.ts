import { gzipSync } from 'node:zlib';

import { serveBytes } from '../kit/files.js';
import { findHolding, type HmiHolding } from './archive.js';
import { dispositionOf } from './disposition.js';
import { HandlerFault, messageWith200, notFound, pageWith200 } from './failures.js';
import { fitsFile } from './fits.js';
import { GENERATIONS, type HmiGeneration } from './generations.js';
import { hashText } from './hash.js';
import type { HmiSimFile, HmiSimRecord } from './records.js';
import type { HmiContext } from './reply.js';
import type { HmiRoute } from './routes.js';
import { filesOf, pathName } from './rows.js';

const CACHE_SECONDS = 43_200;
const SECOND_NAME = /^(\d+)_(\d{14})_.+\.fits(?:\.gz)?$/;

/** `GET /HMI/{series}/{file}` and `/HMI/{series}/{recnum}/{segment}.fits`: the file, with Flask's headers. */
export function file(context: HmiContext, route: HmiRoute & { kind: 'file' }): Response {
  const { settings, sim } = context;
  const held = findHolding(context.archive, route.series, settings.generation, settings.seriesNames === 'strict');
  const record = held === undefined ? undefined : recordOf(held, route, settings.generation);
  if (held === undefined || record === undefined) return missing(context, route.file);
  const files = filesOf(held, record, pathName(held.series, route.series, settings.generation), settings);
  const place = files.findIndex(({ urlName }) => urlName === route.file);
  const found = files[place];
  if (found === undefined) return missing(context, route.file);
  const body = bodyOf(context, found);
  const size = body instanceof Uint8Array ? body.length : body.size;
  const disposition = dispositionOf(found, settings.contentDisposition, place);
  return serveBytes(sim.request, body, {
    type: /\.fits(?:\.gz)?$/.test(route.file) ? settings.fileType : 'application/octet-stream',
    ranges: settings.ranges,
    ...(disposition === undefined ? {} : { disposition }),
    ...(settings.validators ? { etag: etagOf(found, size), lastModified: new Date(record.micros / 1000) } : {}),
    headers: {
      'cache-control': `public, max-age=${String(CACHE_SECONDS)}`,
      expires: new Date(sim.clock.now() + CACHE_SECONDS * 1000).toUTCString(),
    },
  });
}

function recordOf(
  held: HmiHolding,
  route: HmiRoute & { kind: 'file' },
  generation: HmiGeneration,
): HmiSimRecord | undefined {
  switch (GENERATIONS[generation].files) {
    case 'in-folders':
      return held.byRecnum.get(Number(route.recnum));
    case 'in-one-name':
      return held.byRecnum.get(Number(SECOND_NAME.exec(route.file)?.[1]));
    case 'by-time': {
      const [, day = '', time = ''] = /_(\d{8})_(\d{6})$/.exec(route.file) ?? [];
      return held.byStamp.get(day + time);
    }
  }
}

function bodyOf({ settings }: HmiContext, found: HmiSimFile): ReturnType<typeof fitsFile> | Uint8Array {
  const { body } = settings;
  if (typeof body === 'function') return body(found);
  if (body !== undefined) return body;
  const image = fitsFile(found, settings.fileBytes, settings.fileForm);
  return settings.fileForm === 'gzip' ? new Uint8Array(gzipSync(image.read(0, image.size))) : image;
}

/** As Flask builds it: modification time, size and a checksum of the path. */
function etagOf(found: HmiSimFile, size: number): string {
  const sum = hashText(`${found.series}/${String(found.recnum)}/${found.segment}`);
  return `"flask-${String(found.tRecIndex * 720)}.0-${String(size)}-${String(sum)}"`;
}

/** What happens for a file that is not held is not known. */
function missing(context: HmiContext, name: string): Response {
  const message = `No such file: ${name}`;
  switch (context.settings.missingFile) {
    case 'not-found':
      return notFound(context);
    case 'message':
      return messageWith200(context, message);
    case 'html':
      return pageWith200(context, message);
    case 'error':
      throw new HandlerFault('IOError', message);
  }
}
