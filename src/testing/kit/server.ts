import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Engine } from './engine.js';
import type { Listening } from './types.js';
import { ConnectionBroken, socketWire } from './wire.js';

/** Serves every service of a simulator on a port of its own; `port` is that of the main one (default: any free one). */
export async function listen(engine: Engine, main: string, port = 0): Promise<Listening> {
  const srvx = await import('srvx/node');
  const origins: Record<string, string> = {};
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map(stop));
  };
  try {
    for (const name of Object.keys(engine.services)) {
      const server = createServer((incoming, outgoing) => {
        void serve(srvx, engine, { name, origins }, incoming, outgoing);
      });
      servers.push(server);
      origins[name] = `http://127.0.0.1:${String(await start(server, name === main ? port : 0))}`;
    }
  } catch (error) {
    await close();
    throw error;
  }
  const base = engine.services[main]?.basePath ?? '/';
  return { url: `${origins[main] ?? ''}${base}`, origins, close, [Symbol.asyncDispose]: close };
}

async function serve(
  srvx: typeof import('srvx/node'),
  engine: Engine,
  service: { readonly name: string; readonly origins: Record<string, string> },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const request = new srvx.NodeRequest({ req: incoming, res: outgoing });
    const response = await engine.answer(request, service.name, service.origins, socketWire(outgoing));
    await srvx.sendNodeResponse(outgoing, response);
  } catch (error) {
    if (error instanceof ConnectionBroken || outgoing.destroyed) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain', 'x-simulator-defect': '1' });
    outgoing.end(text);
  }
}

function start(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address: string | AddressInfo | null = server.address();
      if (address === null || typeof address === 'string') reject(new TypeError('simulator.listen: no port'));
      else resolve(address.port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
