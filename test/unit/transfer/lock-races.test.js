import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, utimesSync, writeFileSync, } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hold } from '../../../src/core/transfer/hold.js';
import { holderIsGone } from '../../../src/core/transfer/holder.js';
import { failOnce, mended, once } from './faulty-disk.js';
vi.mock('node:fs/promises', async (original) => {
    const { faulty } = await import('./faulty-disk.js');
    return faulty(await original());
});
let dir;
const lock = () => join(dir, 'a.part.lock');
beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sdc-races-'));
});
afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
    expect(mended()).toEqual([]);
});
const dead = { pid: 2 ** 22 + 7, host: hostname(), token: 'dead' };
const alive = { pid: 1, host: 'elsewhere.invalid', token: 'alive' };
const write = (holder) => writeFileSync(lock(), JSON.stringify(holder));
const take = (patienceMs = 200) => hold(lock(), {
    signal: new AbortController().signal,
    patienceMs,
    partPath: join(dir, 'a.part'),
    busy: (holder) => new Error(`held by ${holder?.token ?? 'nobody'}`),
});
describe('a dead lock', () => {
    it('that another process broke in the same moment is free for both', async () => {
        write(dead);
        once('rename', '.lock', (go) => {
            unlinkSync(lock());
            return go();
        });
        const held = await take();
        expect([held.waited, await held.stillOurs()]).toEqual([true, true]);
        await held.release();
        expect(readdirSync(dir)).toEqual([]);
    });
    it('in whose place another process put its own in the same moment is put back, and counts', async () => {
        write(dead);
        once('rename', '.lock', (go) => {
            write(alive);
            return go();
        });
        await expect(take()).rejects.toThrow('held by alive');
        expect(readdirSync(dir)).toEqual(['a.part.lock']);
        expect(JSON.parse(readFileSync(lock(), 'utf8'))).toEqual(alive);
    });
    it('that cannot be moved fails as the disk does, and stays', async () => {
        write(dead);
        failOnce('rename', '.lock', 'EACCES');
        await expect(take()).rejects.toMatchObject({ code: 'EACCES' });
        expect(existsSync(lock())).toBe(true);
        await (await take()).release();
    });
});
describe('a holder whose start the system does not show', () => {
    const started = { pid: process.pid, host: hostname(), token: 'x', started: '12345' };
    it.each([
        ['is there while its heartbeat is young', 50_000, false],
        ['is gone after a silent minute', 61_000, true],
    ])('%s, since the process runs', async (_what, silentMs, gone) => {
        write(started);
        const at = new Date(Date.now() - silentMs);
        utimesSync(lock(), at, at);
        failOnce('readFile', `/proc/${process.pid}/stat`, 'ENOENT');
        expect(await holderIsGone(lock(), started)).toBe(gone);
    });
    it('is gone at once where the system shows another start', async () => {
        write(started);
        once('readFile', `/proc/${process.pid}/stat`, () => Promise.resolve(`1 (node (x)) ${'S '.repeat(19)}777 0`));
        expect(await holderIsGone(lock(), started)).toBe(true);
    });
});
