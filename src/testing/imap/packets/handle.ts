import type { SimContext } from '../../kit/types.js';
import { SIMULATED_APIDS } from './apids.js';
import { lines, select } from './operations.js';
import type { StoredPacket } from './sample.js';

/** What the packet service knows. */
export interface PacketService {
  readonly tokens: readonly string[];
  readonly lineEnd: string;
  packets(): readonly StoredPacket[];
}

// The folder in front is that of the real host; a service of its own may leave it out.
const DATASET = /^(?:\/ops\/imap\/poda\/dap2)?(?:\/apids)?\/(SID[123])\/apid_(\d+)\.(txt|bin)$/;
const APIDS = new Set(Object.values(SIMULATED_APIDS).flat());

/** Answers a request to the packet service (section 12.1). Bodies of errors are not known; these are short texts. */
export function handlePackets(context: SimContext, service: PacketService): Response {
  const { request, url, path } = context;
  const [scheme = '', token = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic' || !service.tokens.includes(token)) {
    return answer('Unauthorized', 401, { 'www-authenticate': 'Basic realm="IMAP"' });
  }
  const [, system = '', apidText = '', suffix = ''] = DATASET.exec(path) ?? [];
  if (system === '') return answer('Dataset not found', 404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer('Method Not Allowed', 405);
  const apid = Number(apidText);
  const known = service.packets().filter((packet) => packet.apid === apid);
  if (known.length === 0 && !APIDS.has(apid)) return answer('Dataset not found', 404);
  const operations = operationsOf(url.search);
  // Flight after launch is system 1; the others have no packets here.
  const selection = operations && select(system === 'SID1' ? known : [], operations);
  if (selection === undefined) return answer('Invalid query', 400);
  if (typeof selection === 'string') return answer(selection, 400);
  if (suffix === 'txt')
    return answer(
      lines(selection)
        .map((line) => line + service.lineEnd)
        .join(''),
      200,
    );
  if (selection.variable !== 'packet') return answer('Binary output needs project(packet)', 400);
  const body = Buffer.concat(selection.packets.map((packet) => packet.bytes));
  return new Response(new Uint8Array(body), { headers: { 'content-type': 'application/octet-stream' } });
}

/** The operations of a raw query string, decoded one by one; `undefined` when one cannot be decoded. */
function operationsOf(search: string): string[] | undefined {
  const parts = search.slice(1).split('&');
  try {
    return parts.filter((part) => part !== '').map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}

function answer(body: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
}
