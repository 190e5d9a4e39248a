import { createServer, type RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { listen } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';

/** A server, and how many connections it was asked for. */
async function counting(
  answer: RequestListener,
): Promise<{ readonly url: string; readonly connections: () => number }> {
  let connections = 0;
  const server = createServer(answer).on('connection', () => (connections += 1));
  return { url: `http://${(await listen(server)).host}/`, connections: () => connections };
}

it('files one after the other take one connection to the API and one to the storage, whatever the redirect says in its body', async () => {
  const storage = await counting((_request, response) => response.end(Buffer.from('cdf30001', 'hex')));
  const api = await counting(({ url = '' }, response) => {
    const body = JSON.stringify({ download_url: 'elsewhere' });
    response.writeHead(302, {
      location: `${storage.url}${url.slice(1)}?X-Amz-Signature=0123456789abcdef`,
      'content-length': body.length,
    });
    response.end(body);
  });
  const imap = new ImapClient({ baseUrl: api.url });
  cleanUp(() => imap.close());
  const names = Array.from({ length: 6 }, (_, at) => `imap_mag_l1a_norm-mago_2026010${at + 1}_v001.cdf`);
  const files = await imap.downloadAll(names, { directory: tempDir(), concurrency: 1 }).toArray();
  expect(files.map(({ status }) => status)).toEqual(names.map(() => 'downloaded'));
  expect([api.connections(), storage.connections()]).toEqual([1, 1]);
});
