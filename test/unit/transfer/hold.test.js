import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync, } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hold } from '../../../src/core/transfer/hold.js';
import { holderIsGone, readHolder } from '../../../src/core/transfer/holder.js';
let dir;
const lock = () => join(dir, 'deep', 'a.part.lock');
beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sdc-hold-'));
});
afterEach(() => {
    vi.useRealTimers();
    rmSync(dir, { recursive: true, force: true });
});
const take = (path = lock(), patienceMs = 1000) => hold(path, {
    signal: new AbortController().signal,
    patienceMs,
    partPath: join(dir, 'a.part'),
    busy: (holder) => new Error(`held by ${String(holder?.pid)}`),
});
describe('a hold', () => {
    it('names its process, makes its directory, and is gone when it is released', async () => {
        const held = await take();
        expect(await readHolder(lock())).toMatchObject({ pid: process.pid, host: hostname() });
        expect([held.waited, await held.stillOurs()]).toEqual([false, true]);
        await held.release();
        expect(readdirSync(join(dir, 'deep'))).toEqual([]);
    });
    it('is given to one after the other within a process', async () => {
        const order = [];
        const first = await take();
        const second = take().then(async (held) => {
            order.push(`second waited: ${String(held.waited)}`);
            await held.release();
        });
        order.push('first');
        await first.release();
        await second;
        expect(order).toEqual(['first', 'second waited: true']);
    });
    it('that another process took over is neither ours nor removed by us', async () => {
        vi.useFakeTimers({ toFake: ['performance'] });
        const held = await take();
        writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'x', token: 'theirs' }));
        vi.advanceTimersByTime(5_000);
        expect(await held.stillOurs()).toBe(false);
        await held.release();
        expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ token: 'theirs' });
    });
    it('whose lock was removed can be released all the same', async () => {
        const held = await take();
        rmSync(lock());
        await held.release();
        await (await take()).release();
    });
    it('shows that it lives', async () => {
        vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
        const held = await take();
        const old = new Date(Date.now() - 50_000);
        utimesSync(lock(), old, old);
        vi.advanceTimersByTime(15_000);
        await vi.waitUntil(() => statSync(lock()).mtimeMs > old.getTime(), 10_000);
        await held.release();
        expect(vi.getTimerCount()).toBe(0);
    });
    it('that cannot be taken fails as the disk does, and blocks nobody', async () => {
        writeFileSync(join(dir, 'plain'), '');
        for (let attempt = 0; attempt < 2; attempt += 1)
            await expect(take(join(dir, 'plain', 'a.lock'))).rejects.toMatchObject({ code: 'ENOTDIR' });
        await expect(take(join('/proc', 'nowhere', 'a.lock'))).rejects.toMatchObject({ code: 'ENOENT' });
    });
    it('of a living process is waited for while its part grows, and no longer', async () => {
        await (await take()).release();
        // Process 1 lives as long as the machine; its start is not known to the lock, so its heartbeat counts.
        writeFileSync(lock(), JSON.stringify({ pid: 1, host: hostname(), token: 'other' }));
        let size = 0;
        const growing = setInterval(() => {
            size += 1;
            if (size < 8)
                writeFileSync(join(dir, 'a.part'), 'x'.repeat(size));
        }, 60);
        try {
            await expect(take(lock(), 1_500)).rejects.toThrow('held by 1');
            expect(size).toBeGreaterThanOrEqual(8);
        }
        finally {
            clearInterval(growing);
        }
        expect(existsSync(lock())).toBe(true);
    });
});
describe('a holder', () => {
    it.each([
        [
            'of this machine without a known start is gone after a silent minute',
            { pid: 1, host: hostname(), token: 'x' },
            61_000,
            true,
        ],
        ['of this machine without a known start is there before', { pid: 1, host: hostname(), token: 'x' }, 50_000, false],
        ['whose process does not run is gone at once', { pid: 2 ** 22 + 7, host: hostname(), token: 'x' }, 0, true],
        ['elsewhere is there before', { pid: 1, host: 'elsewhere', token: 'x' }, 50_000, false],
    ])('%s', async (_what, holder, silentMs, gone) => {
        const path = join(dir, 'lock');
        writeFileSync(path, '');
        const at = new Date(Date.now() - silentMs);
        utimesSync(path, at, at);
        expect(await holderIsGone(path, holder)).toBe(gone);
    });
    it('whose lock went away meanwhile is for the next look to judge', async () => {
        expect(await holderIsGone(join(dir, 'none'), undefined)).toBe(false);
    });
});
