import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
export const SERIES = 'hmi.sharp_720s';
/** Half an hour with some HARPs. */
export const HALF_HOUR = { start: '2015-12-11T23:00:00Z', end: '2015-12-11T23:30:00Z' };
/** A fresh folder, services and clients for each test, all of them ended afterwards. */
export function useBench() {
    let folder = '';
    let undo = [];
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), 'hmi-'));
        undo = [() => rm(folder, { recursive: true, force: true })];
    });
    afterEach(async () => {
        for (const step of undo.reverse())
            await step();
    });
    return () => ({
        folder,
        service: async (options = {}, client = {}) => {
            const sim = simulateHmi(options);
            const listening = await sim.listen();
            const hmi = new HmiClient({ baseUrl: listening.url, retries: 0, ...client });
            undo.push(() => listening.close());
            undo.push(() => hmi.close());
            return { sim, hmi, url: listening.url };
        },
        serve: async (listener) => {
            const server = createServer(listener);
            await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
            undo.push(() => {
                server.closeAllConnections();
                server.close();
            });
            const address = server.address();
            return { url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`, server };
        },
        files: async () => (await readdir(folder)).sort(),
    });
}
/** A small FITS file: one header block, and so many bytes of data. */
export function fits(data = 2880) {
    const cards = [
        'SIMPLE  =                    T',
        'BITPIX  =                    8',
        'NAXIS   =                    1',
        `NAXIS1  = ${data}`,
        'END',
    ];
    const header = cards
        .map((card) => card.padEnd(80))
        .join('')
        .padEnd(2880);
    return Buffer.concat([Buffer.from(header, 'latin1'), Buffer.alloc(Math.ceil(data / 2880) * 2880)]);
}
