import type { PointSpec } from '../../core/doctor/examine.js';
import { notAsked, saw } from '../../core/doctor/finding.js';
import { parseContentRange } from '../../core/http/response.js';
import type { ImapContext } from '../context.js';
import { messageOf } from '../errors.js';
import { downloadRoute } from '../routes.js';
import { ask, atDoor, download, NO_FILE, packets, presigned, stored } from './questions.js';
import { isRecord } from '../../core/util/records.js';

const NO_ROUTE = ['Not Found', 'Missing Authentication Token'];

/** The doors of the server, downloads, and the packet service. */
export const FILE_POINTS: readonly PointSpec<ImapContext>[] = [
  {
    id: 'unknown-route',
    what: 'An address that does not exist',
    known: '404 Not Found, or 403 Missing Authentication Token (2024)',
    look: async (visit) => {
      const answer = await ask(visit, 'unknown-route', 'sdc-doctor');
      const holds = [403, 404].includes(answer.status) && NO_ROUTE.includes(messageOf(answer.text));
      return saw(answer.words, holds);
    },
  },
  {
    id: 'door.api-key',
    what: 'The address for API keys, without one',
    known: '401, or no such address (2024)',
    look: async (visit) => {
      const answer = await atDoor(visit, 'api-key');
      return saw(answer.words, answer.status === 401 || NO_ROUTE.includes(messageOf(answer.text)));
    },
  },
  {
    id: 'door.token',
    what: 'The address for access tokens, without one',
    known: '401, or no such address (2024)',
    look: async (visit) => {
      const answer = await atDoor(visit, 'token');
      return saw(answer.words, answer.status === 401 || NO_ROUTE.includes(messageOf(answer.text)));
    },
  },
  {
    id: 'download.redirect',
    what: 'A download',
    known: '302 to the storage, on another host',
    look: async (visit) => {
      const { status } = await download(visit);
      if (status !== 302) return saw(String(status), false);
      const { host } = await presigned(visit);
      return saw(`302 to ${host}`, host !== visit.op.http.baseUrl.host);
    },
  },
  {
    id: 'download.body',
    what: 'The body of that answer',
    known: '{"download_url": the same address}',
    look: async (visit) => {
      const value = (await download(visit)).json();
      const url = isRecord(value) ? value.download_url : undefined;
      return saw(typeof url === 'string' ? 'download_url' : 'none', url === (await presigned(visit)).href);
    },
  },
  {
    id: 'download.signature',
    what: 'The signature of that address',
    known: 'AWS Signature, version 4, for the host alone',
    look: async (visit) => {
      const { searchParams } = await presigned(visit);
      const [algorithm, signed] = ['X-Amz-Algorithm', 'X-Amz-SignedHeaders'].map((name) => searchParams.get(name));
      return saw(`${algorithm ?? 'none'}, ${signed ?? 'none'}`, algorithm === 'AWS4-HMAC-SHA256' && signed === 'host');
    },
  },
  {
    id: 'download.missing',
    what: 'A file that does not exist',
    known: '404',
    look: async (visit) => {
      const answer = await ask(visit, 'download-missing', downloadRoute(NO_FILE));
      return saw(answer.words, answer.status === 404 && !NO_ROUTE.includes(messageOf(answer.text)));
    },
  },
  {
    id: 'storage.range',
    what: 'A part of a file',
    known: '206 with Content-Range',
    look: async (visit) => {
      const answer = await stored(visit);
      const range = parseContentRange(answer.header('content-range') ?? null);
      return saw(
        `${answer.status} ${answer.header('content-range') ?? ''}`,
        answer.status === 206 && range?.start === 0,
      );
    },
  },
  {
    id: 'storage.validator',
    what: 'What a file is recognised by later',
    known: 'ETag',
    look: async (visit) => {
      const { headers } = (await stored(visit)).requireStatus(200, 206);
      return saw(headers.has('etag') ? 'ETag' : 'no ETag', headers.has('etag'));
    },
  },
  {
    id: 'packets.login',
    what: 'The packet service without its token',
    known: '401',
    look: async (visit) => {
      const { status } = await packets(visit, true);
      return saw(String(status), status === 401);
    },
  },
  {
    id: 'packets.empty',
    what: 'A time without packets',
    known: '200, an empty text',
    look: async (visit) => {
      if (!visit.op.context.settings.hasPackets) return notAsked('the client has no token for the packet service');
      const answer = await packets(visit, false);
      return saw(`${answer.words}, ${answer.body.length} bytes`, answer.status === 200 && answer.text.trim() === '');
    },
  },
];
