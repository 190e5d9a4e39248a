import { connect, createServer } from 'node:net';
import { listen } from '../../support/server.js';

/** What happens to the request that changes something. */
export type Fate =
  | { readonly kind: 'refused' }
  | { readonly kind: 'reset-unread' }
  | { readonly kind: 'reset-read' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'answer'; readonly bytes: string };

/**
 * A server of plain sockets between a client and a simulated centre: passes everything on, but for the one request that changes
 * something, which meets its fate.
 *
 * @param before - The request just before it; after it nothing more is accepted where the fate is `refused`.
 */
export async function between(
  centre: string,
  changing: RegExp,
  before: RegExp | undefined,
  fate: Fate,
): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const to = new URL(centre);
  const server = createServer({ allowHalfOpen: false }, (client) => {
    const far = connect(Number(to.port), to.hostname);
    far.on('error', () => undefined);
    far.on('close', () => client.destroy());
    client.on('close', () => far.destroy());
    let met = false;
    let wanted = 0;
    client.on('data', (chunk: Buffer) => {
      const line = /^[A-Z]+ \S+/u.exec(chunk.toString('latin1'))?.[0] ?? '';
      if (line !== '' && !met) seen.push(line);
      if (!met && changing.test(line)) {
        met = true;
        wanted = lengthOf(chunk);
        if (fate.kind === 'reset-unread') return void client.resetAndDestroy();
      }
      if (!met) {
        if (fate.kind === 'refused' && before?.test(line) === true) server.close();
        far.write(swap(chunk, host, to.host));
        return;
      }
      wanted -= chunk.length;
      if (wanted > 0) return;
      if (fate.kind === 'reset-read') client.resetAndDestroy();
      if (fate.kind === 'answer') client.end(fate.bytes);
    });
    far.on('data', (chunk) => {
      if (!met) client.write(swap(chunk, to.host, host));
    });
  });
  const { host } = await listen(server);
  return { url: `http://${host}${to.pathname}`, seen };
}

/** The centre must see its own name: Django compares it with where a form comes from. */
function swap(chunk: Buffer, from: string, to: string): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll(from, to), 'latin1');
}

/** How many bytes a request has, its head included; its first chunk holds the head. */
function lengthOf(chunk: Buffer): number {
  const text = chunk.toString('latin1');
  const head = text.indexOf('\r\n\r\n') + 4;
  return head + Number(/\r\ncontent-length: (\d+)/iu.exec(text)?.[1] ?? 0);
}

export const answer = (status: string, body = '', length = body.length): Fate => ({
  kind: 'answer',
  bytes: `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
});
