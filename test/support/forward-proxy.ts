import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { cleanUp } from './clean-up.js';
import { listen } from './server.js';

/** A forwarding proxy on loopback (RFC 9110, sections 7.6 and 9.3.6), and the only one that knows the hosts behind it. */
export interface ForwardProxy {
  readonly url: string;
  readonly host: string;
  /** First lines of all requests to it. */
  readonly seen: string[];
  /** Its connections to clients. */
  readonly sockets: ReadonlySet<Socket>;
  /** Its `Proxy-Authorization` headers. */
  readonly logins: (string | undefined)[];
  /** Breaks every connection off. */
  cut(): void;
}

export interface ForwardProxyOptions {
  /** The login that it wants, as `user:password`. */
  readonly login?: string;
  /** Answers every request with this status in place of going on. */
  readonly refuse?: number;
  /** Takes connections, and never answers. */
  readonly silent?: boolean;
}

/** @param hosts - The ports on loopback of the hosts that it knows, by `name:port`; more may be added later. */
export async function forwardProxy(
  hosts: Readonly<Record<string, number>>,
  { login, refuse, silent = false }: ForwardProxyOptions = {},
): Promise<ForwardProxy> {
  const seen: string[] = [];
  const logins: (string | undefined)[] = [];
  /** The status of a refusal. */
  const judge = (request: IncomingMessage, host: string): number | undefined => {
    const given = request.headers['proxy-authorization'];
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    logins.push(given);
    if (refuse !== undefined) return refuse;
    if (login !== undefined && given !== `Basic ${Buffer.from(login).toString('base64')}`) return 407;
    return host in hosts ? undefined : 502;
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (silent) return;
    const url = new URL(request.url ?? '', 'http://no-absolute-form/');
    const host = `${url.hostname}:${url.port || '80'}`;
    const status = judge(request, host);
    if (status !== undefined) {
      request.resume();
      response.writeHead(status, { connection: 'close' }).end('the proxy says no');
      return;
    }
    const { 'proxy-authorization': _login, 'proxy-connection': _kept, ...headers } = request.headers;
    const onward = httpRequest({
      host: '127.0.0.1',
      port: hosts[host],
      path: url.pathname + url.search,
      method: request.method,
      headers,
    });
    onward.on('error', () => response.destroy());
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      response.flushHeaders();
      answer.on('error', () => response.destroy()).pipe(response);
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('end', () => socket.destroy());
    if (silent) {
      socket.resume();
      return;
    }
    const status = judge(request, request.url ?? '');
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
      return;
    }
    const far = connect(hosts[request.url ?? ''] ?? 0, '127.0.0.1');
    far.on('error', () => socket.destroy());
    far.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    socket.on('close', () => far.destroy());
    far.on('close', () => socket.destroy());
  });
  const { host, sockets } = await listen(server);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  cleanUp(cut);
  return { url: `http://${host}`, host, seen, sockets, logins, cut };
}
