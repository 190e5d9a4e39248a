import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readdir } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { SCC, type SccOptions } from '../../../src/scc/index.js';
import type { SccSimulator, SccSimulatorOptions } from '../../../src/testing/scc/options.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import { exampleFile } from '../../support/example-file.js';

export const RAW = exampleFile('20210601aky0930.nc');
export const SOUNDING = exampleFile('rs_20210601aky09.nc');
export const ID = '20210601aky0930';

/** What the server side of the sockets sees. */
export interface Traffic {
  /** Sockets that are open. */
  readonly sockets: ReadonlySet<Socket>;
  /** Requests that are neither answered completely nor broken off. */
  readonly busy: () => number;
}

export interface Service {
  readonly sim: SccSimulator;
  readonly scc: SCC;
  readonly url: string;
  readonly traffic: Traffic;
}

/** A simulated SCC on real sockets and a client of it; both end with the test. */
export async function service(options: SccSimulatorOptions = {}, client: SccOptions = {}): Promise<Service> {
  const sim = simulateScc(options);
  const listening = await sim.listen();
  const traffic = watch(Number(new URL(listening.url).port));
  const scc = new SCC(sim.credentials, { baseUrl: listening.url, retries: 0, ...client });
  onTestFinished(async () => {
    sim.faults.clear(); // one that is still to strike would strike the logout
    await scc.close();
    await listening.close();
  });
  return { sim, scc, url: listening.url, traffic };
}

function watch(port: number): Traffic {
  const sockets = new Set<Socket>();
  let busy = 0;
  const onSocket = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const onRequest = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== port) return;
    busy += 1;
    response.once('close', () => (busy -= 1));
  };
  subscribe('net.server.socket', onSocket);
  subscribe('http.server.request.start', onRequest);
  onTestFinished(() => {
    unsubscribe('net.server.socket', onSocket);
    unsubscribe('http.server.request.start', onRequest);
  });
  return { sockets, busy: () => busy };
}

/** All files below a folder, hidden ones too. */
export async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
