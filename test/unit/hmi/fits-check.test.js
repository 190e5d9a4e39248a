import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitsFile } from '../../../src/hmi/download/fits-check.js';
const card = (text) => text.padEnd(80);
const header = (...cards) => {
    const text = cards.map(card).join('');
    return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
};
const image = (axis) => header('SIMPLE  =                    T', 'BITPIX  =                  -64', 'NAXIS   =                    2', `NAXIS1  = ${axis}`, 'NAXIS2  = 1 / rows', 'END');
const extension = (bytes) => header("XTENSION= 'BINTABLE'", 'BITPIX  = 8', 'NAXIS   = 2', 'NAXIS1  = 10', 'NAXIS2  = 1', `PCOUNT  = ${bytes - 10}`, 'GCOUNT  = 1', 'END');
let folder = '';
beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fits-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
async function judge(...parts) {
    const path = join(folder, 'body');
    const body = Buffer.concat(parts);
    await writeFile(path, body);
    return fitsFile.whole?.(path, body.length);
}
describe('pitfall 7: what a FITS file must look like', () => {
    const head = { status: 200, headers: new Headers(), url: '', redirected: false };
    it('starts with its first card', () => {
        expect(fitsFile.head(image(1).subarray(0, 512), head)).toBeUndefined();
        expect(fitsFile.head(Buffer.from('<html>'), head)).toContain('web page');
        expect(fitsFile.head(Buffer.from('SIMPLE'), head)).toBeDefined();
        expect(fitsFile.head(Buffer.from('{"message":"no"}'), head)).toContain('message');
    });
    it('is as long as its header says', async () => {
        expect(await judge(image(360), Buffer.alloc(2880))).toBeUndefined();
        expect(await judge(image(361), Buffer.alloc(5760))).toBeUndefined();
        expect(await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0', 'END'))).toBeUndefined();
        expect(await judge(image(360), Buffer.alloc(2880), extension(3000), Buffer.alloc(5760))).toBeUndefined();
        expect(await judge(image(360), Buffer.alloc(2880), Buffer.alloc(2880, 'special'))).toBeUndefined();
    });
    it('pitfall 24: a body that ends early is caught, at a block border too', async () => {
        expect(await judge(image(360), Buffer.alloc(100))).toMatch(/2980 bytes are no multiple of 2880/u);
        expect(await judge(Buffer.alloc(0))).toMatch(/0 bytes/u);
        expect(await judge(image(361), Buffer.alloc(2880))).toMatch(/asks for 8640 bytes, but 5760 came/u);
        expect(await judge(image(360), Buffer.alloc(2880), extension(3000), Buffer.alloc(2880))).toMatch(/asks for/u);
        const long = Buffer.concat([image(1).subarray(0, 400), Buffer.alloc(2480, ' ')]);
        expect(await judge(long)).toMatch(/has no END card/u);
    });
    it('a header without sizes is left to the reader', async () => {
        expect(await judge(header('SIMPLE  = T'))).toBeUndefined();
        expect(await judge(header('SIMPLE  = T', 'END'), Buffer.alloc(2880))).toBeUndefined();
        expect(await judge(header('SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 1', 'END'), Buffer.alloc(2880))).toBeUndefined();
    });
});
