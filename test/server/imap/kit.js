import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
/** A fresh folder, centres and clients for each test, all of them ended afterwards. */
export function useBench() {
    let folder = '';
    let undo = [];
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), 'imap-'));
        undo = [() => rm(folder, { recursive: true, force: true })];
        for (const name of [
            'IMAP_DATA_ACCESS_URL',
            'IMAP_DATA_DIR',
            'IMAP_API_KEY',
            'IMAP_ACCESS_TOKEN',
            'IMAP_WEBPODA_TOKEN',
        ])
            vi.stubEnv(name, '');
    });
    afterEach(async () => {
        for (const step of undo.reverse())
            await step();
    });
    return () => ({
        folder,
        centre: async (options = {}, own = {}) => {
            const sim = simulateImap(options);
            const listening = await sim.listen();
            undo.push(() => listening.close());
            const client = (more = {}) => {
                const made = new ImapClient({
                    baseUrl: listening.url,
                    webpodaUrl: listening.origins.packets ?? '',
                    apiKey: sim.credentials.apiKey,
                    webpodaToken: sim.credentials.webpodaToken,
                    dataDir: join(folder, 'data'),
                    retries: 0,
                    ...own,
                    ...more,
                });
                undo.push(() => made.close());
                return made;
            };
            return { sim, imap: client(), client };
        },
    });
}
/** A body of the given size that no compression or repetition makes trivial. */
export function noise(size) {
    const bytes = new Uint8Array(size);
    let state = 1;
    for (let at = 0; at < size; at += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        bytes[at] = state >>> 24;
    }
    return bytes;
}
