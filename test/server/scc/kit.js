import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { SCC } from '../../../src/scc/index.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
/** A real file of the examples. */
export const data = (name) => fileURLToPath(new URL(`../../../examples/data/${name}`, import.meta.url));
export const RAW = data('20210601aky0930.nc');
export const SOUNDING = data('rs_20210601aky09.nc');
export const ID = '20210601aky0930';
/** A simulated SCC on real sockets and a client of it; both end with the test. */
export async function service(options = {}, client = {}) {
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
function watch(port) {
    const sockets = new Set();
    let busy = 0;
    const onSocket = (message) => {
        const { socket } = message;
        if (socket.localPort !== port)
            return;
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
    };
    const onRequest = (message) => {
        const { request, response } = message;
        if (request.socket.localPort !== port)
            return;
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
/** A folder that is gone after the test. */
export async function folder() {
    const path = await mkdtemp(join(tmpdir(), 'sdc-scc-'));
    onTestFinished(() => rm(path, { recursive: true, force: true }));
    return path;
}
/** All files below a folder, hidden ones too. */
export async function filesOf(path) {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .sort();
}
/** Waits until something is so; the test's own time limit ends a wait in vain. */
export async function until(condition) {
    while (!condition())
        await new Promise((resolve) => setTimeout(resolve, 5));
}
/** What a promise rejects with; `undefined` when it does not. */
export async function failureOf(work) {
    return work.then(() => undefined, (error) => error);
}
