import { createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { useShortBackOff } from '../../support/back-off.js';
import { rejection } from '../../support/rejection.js';
import { listen, type Listening } from '../../support/server.js';
import { until } from '../../support/until.js';
import { bench } from './bench.js';

useShortBackOff();

const call = { op: { name: 'imap.query' }, url: 'file' } as const;
const PASSWORD = 'secret-word';
/** Only silence is waited for. */
const SILENT_MS = 500;
// What is loaded with the first request takes its time, too.
beforeAll(() => import('../../../src/core/http/handlers/proxy.js'));

/** A proxy that does with each connection what a fault does, once something came. */
async function broken(fault: (socket: Socket) => void): Promise<Listening & { readonly asked: () => number }> {
  let asked = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      asked += 1;
      fault(socket);
    });
  });
  return { ...(await listen(server)), asked: () => asked };
}

interface Fault {
  readonly name: string;
  readonly does: (socket: Socket) => void;
  readonly code: 'network' | 'timeout' | 'server' | 'forbidden';
  /** Asking again may help, so that it is done. */
  readonly repeated: boolean;
  readonly words: RegExp;
}
const write =
  (text: string, then: 'end' | 'keep' = 'end') =>
  (socket: Socket): void => {
    socket.write(text);
    if (then === 'end') socket.end();
  };
const status = (text: string) => write(`HTTP/1.1 ${text}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

const ANY: readonly Fault[] = [
  {
    name: 'ends the connection',
    does: (socket) => socket.end(),
    code: 'network',
    repeated: true,
    words: /ended|hang up/u,
  },
  {
    name: 'resets it',
    does: (socket) => socket.resetAndDestroy(),
    code: 'network',
    repeated: true,
    words: /ECONNRESET/u,
  },
  { name: 'never answers', does: () => undefined, code: 'timeout', repeated: true, words: /within 500 ms/u },
  {
    name: 'wants a login',
    does: status('407 Proxy Authentication Required'),
    code: 'network',
    repeated: false,
    words: /answered 407 .*user and password of the proxy/u,
  },
  {
    name: 'speaks another protocol',
    does: write('220 mail.example ESMTP\r\n\r\n'),
    code: 'network',
    repeated: true,
    words: /not HTTP|Parse Error/u,
  },
];
const waits = {
  name: 'speaks another protocol, and waits',
  does: write('SSH-2.0-OpenSSH_9.2\r\n', 'keep'),
  repeated: true,
};
const PLAIN: readonly Fault[] = [
  ...ANY,
  { ...waits, code: 'network', words: /Parse Error/u },
  { name: 'does not allow it', does: status('403 Forbidden'), code: 'forbidden', repeated: false, words: /\(403\)/u },
  { name: 'does not reach the centre', does: status('502 Bad Gateway'), code: 'server', repeated: true, words: /502/u },
  {
    name: 'waits for the centre in vain',
    does: status('504 Gateway Timeout'),
    code: 'server',
    repeated: true,
    words: /504/u,
  },
];
const TUNNEL: readonly Fault[] = [
  ...ANY,
  // The head of an answer may take its time.
  { ...waits, code: 'timeout', words: /within 500 ms/u },
  {
    name: 'does not allow it',
    does: status('403 Forbidden'),
    code: 'network',
    repeated: false,
    words: /answered 403 Forbidden/u,
  },
  {
    name: 'does not reach the centre',
    does: status('502 Bad Gateway'),
    code: 'network',
    repeated: true,
    words: /answered 502 Bad Gateway/u,
  },
  {
    name: 'waits for the centre in vain',
    does: status('504 Gateway Timeout'),
    code: 'network',
    repeated: true,
    words: /answered 504 Gateway Timeout/u,
  },
  {
    name: 'answers with half a head',
    does: write('HTTP/1.1 200 Conn'),
    code: 'network',
    repeated: true,
    words: /ended/u,
  },
  {
    name: 'answers with a broken head',
    does: write('HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'),
    code: 'network',
    repeated: true,
    words: /Invalid header/u,
  },
  {
    name: 'has a tunnel that ends at once',
    does: write(established),
    code: 'network',
    repeated: true,
    words: /before secure TLS/u,
  },
  {
    name: 'has a tunnel to something that is not secured',
    does: (socket) => {
      socket.write(established);
      socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    },
    code: 'network',
    repeated: false,
    words: /no secure connection could be made/u,
  },
  {
    name: 'has a tunnel in which nothing comes',
    does: write(established, 'keep'),
    code: 'timeout',
    repeated: true,
    words: /within 500 ms/u,
  },
];

describe.each([
  ['http', PLAIN],
  ['https', TUNNEL],
] as const)('a proxy in front of a host of %s', (scheme, faults) => {
  it.each(faults)('that $name is named, without its password', async ({ does, code, repeated, words }) => {
    const proxy = await broken(does);
    const transport = bench.transport(`${scheme}://archive.example/`, {
      proxy: `http://me:${PASSWORD}@${proxy.host}`,
      timeoutMs: code === 'timeout' ? SILENT_MS : 30_000,
      retries: 1,
    });
    const error = await rejection(transport.text(call));
    expect(error).toMatchObject({ code, retryable: repeated, attempts: repeated ? 2 : 1 });
    expect(proxy.asked()).toBe(repeated ? 2 : 1);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain(`(through the proxy ${proxy.host})`);
    expect(inspect(error, { depth: 9 })).not.toContain(PASSWORD);
    await until(() => proxy.sockets.size === 0);
  });
});

describe.each(['http', 'https'])('a proxy in front of a host of %s', (scheme) => {
  it('that takes its time over the answer is waited for', async () => {
    const proxy = await broken((socket) => {
      const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthere';
      setTimeout(() => socket.write(scheme === 'http' ? answer : 'HTTP/1.1 503 Busy\r\n\r\n'), 200);
    });
    const transport = bench.transport(`${scheme}://archive.example/`, { proxy: proxy.host, retries: 0 });
    const text = transport.text(call).then(({ text: answered }) => answered, String);
    expect(await text).toMatch(scheme === 'http' ? /^there$/u : /the proxy answered 503 Busy/u);
  });
});
