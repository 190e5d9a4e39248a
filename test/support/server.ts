import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { cleanUp } from './clean-up.js';

const pem = readFileSync(new URL('../fixtures/scc/nobody-trusts-this.pem', import.meta.url));
/** A certificate that no authority vouches for, with its key: options of a server of HTTPS. */
export const UNTRUSTED = { cert: pem, key: pem };

/** A server that listens on loopback. */
export interface Listening {
  readonly port: number;
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** The connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
}

/** A server whose answers are scripted. */
export interface ScriptedServer extends Listening {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The origin with a slash at its end. */
  readonly url: string;
  /** All requests, in order, as soon as their heads have come. */
  readonly requests: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  /** How many requests are neither answered completely nor broken off. */
  busy(): number;
  /** What answers the next requests, one each; the last one answers all that follow. */
  script(...steps: RequestListener[]): void;
}

/** Lets a server listen on a free port of loopback; it ends, with its connections, after the test. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<unknown>((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, host: `127.0.0.1:${port}`, sockets };
}

/** A server of plain HTTP on loopback; it ends, with its connections, after the test. */
export async function serve(...steps: RequestListener[]): Promise<ScriptedServer> {
  let left = steps;
  let busy = 0;
  const requests: ScriptedServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    busy += 1;
    response.on('close', () => (busy -= 1));
    const [step, ...rest] = left;
    if (rest.length > 0) left = rest;
    step?.(request, response);
  });
  const listening = await listen(server);
  const origin = `http://${listening.host}`;
  return {
    ...listening,
    origin,
    url: `${origin}/`,
    requests,
    busy: () => busy,
    script: (...more) => {
      left = more;
    },
  };
}

/** Lets a simulated centre listen on loopback until the test is over. */
export async function start<Started extends AsyncDisposable>(sim: { listen(): Promise<Started> }): Promise<Started> {
  const started = await sim.listen();
  cleanUp(() => started[Symbol.asyncDispose]());
  return started;
}
