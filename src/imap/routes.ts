import { DOORS, type Access } from './centre.js';

/** The Science Data Center. */
export const BASE_URL = 'https://api.imap-mission.com';
/** The packet service, system `SID1`. */
export const PACKET_SERVICE = 'https://lasp.colorado.edu/ops/imap/poda/dap2/apids/SID1';
/** Where the archive keeps all of its files, and kernels and tables among them. */
export const ARCHIVE_FOLDER = 'imap/';
export const SPICE_FOLDER = 'imap/spice/';
/** Where the server of 2024 keeps kernels. */
export const SPICE_FOLDER_2024 = 'spice/';

export const QUERY = 'query';
export const RELEASE = 'release';
export const REPROCESS = 'reprocess';

/** Routes that some servers have below another name, the second here, or for clients without a credential only. */
export const SPICE_QUERY = ['spice-query'] as const;
export const METAKERNEL = ['metakernel'] as const;
export const SPIN_TABLE = ['spin-table'] as const;
export const REPOINT_TABLE = ['repoint-table'] as const;
export const SMALL_FORCES_TABLE = ['small-forces-table', 'thruster-table'] as const;
export const PROCESSING_JOBS = ['processing-jobs'] as const;
/** With the id of the log as a parameter. */
export const PROCESSING_LOGS = ['processing-logs'] as const;

/** The log of one job, with its id in the path. */
export function processingLogRoute(id: string): string {
  return `processing-logs/${escaped(id)}`;
}

/** Where a file may be, the most likely place first: the servers keep kernels in different folders. */
export function placesOf(key: string, generation: 2024 | 2026 | undefined): readonly [string, ...string[]] {
  if (!key.startsWith(SPICE_FOLDER)) return [key];
  const old = `${SPICE_FOLDER_2024}${key.slice(SPICE_FOLDER.length)}`;
  return generation === 2024 ? [old, key] : [key, old];
}

export function downloadRoute(key: string): string {
  return `download/${escaped(key)}`;
}

/** Where an address of the storage is given out for a file to upload. */
export function uploadRoute(name: string): string {
  return `upload/${encodeURIComponent(name)}`;
}

/** All packets of one application id. Names and values of the filters are written as the packet service wants them. */
export function packetsRoute(apid: number | undefined): string {
  return `apid_${apid ?? ''}.bin`;
}

/** The packets of a span of spacecraft time; both bounds in the service's own form. */
export function packetsWithin(apid: number, from: string, to: string): string {
  return `${packetsRoute(apid)}?time%3E=${from}&time%3C${to}&project(packet)`;
}

/** The spacecraft times, one per line, of the packets that were received in a span. */
export function packetTimesRoute(apid: number, from: string, to: string): string {
  const format = "formatTime(%22yyyy-MM-dd'T'HH:mm:ss%22)";
  return `apid_${apid}.txt?ert%3E=${from}&ert%3C${to}&project(time)&${format}`;
}

/** The public door of a server: without one trailing `/api-key` or `/authorized`, with a trailing slash. */
export function publicUrlOf(base: URL): URL {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/u, '').replace(/\/(?:api-key|authorized)$/u, '');
  url.pathname = `${path.replace(/\/+$/u, '')}/`;
  return url;
}

export function doorOf(publicUrl: URL, access: Access): URL {
  return new URL(DOORS[access].prefix, publicUrl);
}

/** The folder of one system's application ids; a bare host or a shorter path is completed. */
export function packetServiceOf(given: URL): URL {
  const url = new URL(given.origin);
  let path = given.pathname.replace(/\/+$/u, '');
  if (path === '') path = '/ops/imap/poda/dap2';
  if (path.endsWith('/dap2')) path += '/apids';
  if (!/\/SID[0-9]+$/iu.test(path)) path += '/SID1';
  url.pathname = `${path}/`;
  return url;
}

function escaped(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
