import type { DoctorAnswer } from '../../core/doctor/answer.js';
import { requireForPoint } from '../../core/doctor/finding.js';
import type { Visit } from '../../core/doctor/visit.js';
import { DOORS, type Access } from '../centre.js';
import { packetService, type ImapContext } from '../context.js';
import { doorOf, downloadRoute, packetTimesRoute, QUERY, SPICE_QUERY } from '../routes.js';
import { isRecord } from '../../core/util/records.js';

type ImapVisit = Visit<ImapContext>;
type ImapRow = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;

/** Two days of one instrument: some dozens of rows. */
export const TWO_DAYS = { instrument: 'mag', start_date: '20260105', end_date: '20260106' };
/** The same of a server of 2024, whose files are older. */
const DAY_OF_2024 = { ...TWO_DAYS, start_date: '20240312', end_date: '20240312' };
/** As much of a file as shows its format. */
const FIRST_BYTES = 16;
export const NO_FILE = 'imap/mag/l2/2000/01/imap_mag_l2_sdc-doctor_20000101_v001.0001.cdf';
const NO_TIME = '2000-01-01T00:00:00.000000';

export function ask(visit: ImapVisit, name: string, url: string, query?: Query): Promise<DoctorAnswer> {
  return visit.ask(name, { url, query, redirect: 'manual' });
}

/** A door of the server, without the credential that opens it. */
export function atDoor(visit: ImapVisit, access: Access): Promise<DoctorAnswer> {
  const url = new URL(QUERY, doorOf(visit.op.context.settings.publicUrl, access));
  const name = `without-credential-${DOORS[access].prefix.replace('/', '')}`;
  return visit.ask(name, { url, query: TWO_DAYS, anonymous: true, redirect: 'manual' });
}

/** A route of the public, where a server has it there alone. */
export async function askPublic(visit: ImapVisit, name: string, query: Query): Promise<DoctorAnswer> {
  const [route] = SPICE_QUERY;
  const own = await ask(visit, name, route, query);
  if (own.status !== 404 || visit.op.context.settings.access === 'public') return own;
  const url = new URL(route, visit.op.context.settings.publicUrl);
  return visit.ask(`${name}-public`, { url, query, anonymous: true, redirect: 'manual' });
}

/** Rows of an answer, which is a bare array. */
export function rowsOf(answer: DoctorAnswer): ImapRow[] {
  const value = answer.okJson();
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export async function rows(visit: ImapVisit): Promise<ImapRow[]> {
  const found = rowsOf(await ask(visit, 'query', QUERY, TWO_DAYS));
  return found.length > 0 ? found : rowsOf(await ask(visit, 'query-2024', QUERY, DAY_OF_2024));
}

export async function firstRow(visit: ImapVisit): Promise<ImapRow> {
  return requireForPoint((await rows(visit))[0], 'the query found no file');
}

export async function download(visit: ImapVisit): Promise<DoctorAnswer> {
  const { file_path: path } = await firstRow(visit);
  const key = requireForPoint(typeof path === 'string' ? path : undefined, 'the row has no file_path');
  return ask(visit, 'download', downloadRoute(key));
}

/** Where a download leads, if it leads anywhere. */
export async function presigned(visit: ImapVisit): Promise<URL> {
  const { headers, url } = await download(visit);
  const location = headers.get('location') ?? '';
  return requireForPoint(
    URL.canParse(location, url) ? new URL(location, url) : undefined,
    'the download leads nowhere',
  );
}

/** The first bytes of a file, from the storage, without any credential. */
export async function stored(visit: ImapVisit): Promise<DoctorAnswer> {
  const url = await presigned(visit);
  visit.op.redactor.addAddress(url);
  const headers = { range: `bytes=0-${FIRST_BYTES - 1}` };
  return visit.ask('storage', { request: { url, headers, anonymous: true, bulk: true }, maxBytes: FIRST_BYTES });
}

/** Packets of a moment at which there were none. */
export function packets(visit: ImapVisit, anonymous: boolean): Promise<DoctorAnswer> {
  const service = packetService(visit.op);
  const url = packetTimesRoute(1052, NO_TIME, NO_TIME);
  const address = new URL(url, service.http.baseUrl);
  return visit.ask(anonymous ? 'packets-without-token' : 'packets', {
    request: { url: address, anonymous, redirect: 'manual' },
    send: (request) => service.open(request),
  });
}
