import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveClient } from '../../../src/core/config/client.js';
import { Redactor } from '../../../src/core/http/redact.js';
import { Transport } from '../../../src/core/http/transport.js';
/** A body whose every piece tells where it belongs. */
export function bodyOf(bytes, seed = 0) {
    const body = Buffer.alloc(bytes);
    for (let at = 0; at + 4 <= bytes; at += 4)
        body.writeUInt32LE((at * 2654435761 + seed) >>> 0, at);
    return body;
}
export function sha256(body) {
    return createHash('sha256').update(body).digest('hex');
}
/** A server on a real socket whose every answer is scripted. */
export async function serve(...steps) {
    let left = steps;
    const requests = [];
    const sockets = new Set();
    const server = createServer((request, response) => {
        const { range, 'if-range': ifRange } = request.headers;
        requests.push({
            url: request.url ?? '',
            ...(range !== undefined && { range }),
            ...(typeof ifRange === 'string' && { ifRange }),
        });
        const [step, ...rest] = left;
        if (rest.length > 0)
            left = rest;
        step?.(request, response);
    });
    server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}/`,
        requests,
        sockets,
        script: (...more) => {
            left = more;
        },
        close: () => new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        }),
    };
}
/** A static file, with faults on request. */
export function file(body, options = {}) {
    return (request, response) => {
        const etag = 'etag' in options ? options.etag : '"one"';
        const match = options.ignoreRange ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
        const fresh = request.headers['if-range'] === undefined || request.headers['if-range'] === (etag ?? options.lastModified);
        const start = match !== null && fresh ? Number(match[1]) : 0;
        const partial = match !== null && fresh;
        const headers = {
            'content-type': options.type ?? 'application/octet-stream',
            ...(options.chunked ? {} : { 'content-length': String(body.length - start) }),
            ...(etag !== undefined && { etag }),
            ...(options.lastModified !== undefined && { 'last-modified': options.lastModified }),
            ...(partial && { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }),
            ...options.headers,
        };
        if (partial && start >= body.length) {
            response.writeHead(416, { 'content-range': `bytes */${body.length}`, ...(etag !== undefined && { etag }) }).end();
            return;
        }
        response.writeHead(partial ? 206 : 200, headers);
        const limit = options.cutAfter ?? options.resetAfter ?? options.stallAfter;
        if (limit === undefined) {
            response.end(body.subarray(start));
            return;
        }
        response.write(body.subarray(start, start + limit), () => {
            if (options.stallAfter !== undefined)
                return;
            // The bytes must be on their way before the connection ends.
            setTimeout(() => {
                if (options.resetAfter !== undefined)
                    request.socket.resetAndDestroy();
                else
                    request.socket.destroy();
            }, 100);
        });
    };
}
export function client(url, options = {}) {
    const redactor = new Redactor();
    const log = [];
    const settings = resolveClient({ baseUrl: url, retries: 0, logger: { debug: (message) => log.push(message) }, ...options }, { centre: 'imap', baseUrlVariable: 'NONE' }, redactor);
    return { transport: new Transport({ ...settings, credentialLayer: 'api-key' }), log };
}
export function folder() {
    const path = mkdtempSync(join(tmpdir(), 'sdc-transfer-'));
    return {
        path,
        names: () => readdirSync(path).sort(),
        remove: () => {
            rmSync(path, { recursive: true, force: true });
        },
    };
}
export function wanted(directory, name = 'data.bin', extra = {}) {
    const operation = 'imap.download';
    return { operation, source: name, call: { operation, url: name }, directory, name, ...extra };
}
/** Waits until a condition holds; fails the test by its own time limit when it never does. */
export async function until(condition) {
    while (!condition())
        await new Promise((resolve) => setTimeout(resolve, 5));
}
export async function failure(work) {
    try {
        await work;
    }
    catch (error) {
        return error;
    }
    throw new Error('it should have failed');
}
