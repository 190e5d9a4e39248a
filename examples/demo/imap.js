var __addDisposableResource = (this && this.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (this && this.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
// IMAP: query, fetch in bulk, prove what is on the disk, upload a real packet file and find it again.
import { basename } from 'node:path';
import { ImapClient } from '@lab/sdc';
import { simulateImap } from '@lab/sdc/testing';
import { size } from './output.js';
const packets = new URL('../data/imap_mag_l0_raw_20240312_v001.0001.pkts', import.meta.url);
export async function demoImap(out, directory) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const simulator = simulateImap();
        const server = __addDisposableResource(env_1, await simulator.listen(), true);
        out.title(`IMAP: query, bulk download, upload (${server.url})`);
        const imap = __addDisposableResource(env_1, new ImapClient({ baseUrl: server.url, dataDir: directory, ...simulator.credentials }), true);
        const query = { startDate: '2026-01-05', endDate: '2026-01-06', version: 'latest' };
        const files = (await Promise.all(['mag', 'swe', 'hit'].map((instrument) => imap.query({ instrument, ...query })))).flat();
        out.line(`newest files of mag, swe and hit on two days: ${files.length}`);
        const download = out.transfers('downloading');
        const perLevel = new Map();
        for await (const { path, bytes } of imap.downloadAll(files, { concurrency: 4, onProgress: download.onProgress })) {
            const [, instrument = '', level = ''] = basename(path).split('_');
            const sum = perLevel.get(`${instrument} ${level}`) ?? { files: 0, bytes: 0 };
            perLevel.set(`${instrument} ${level}`, { files: sum.files + 1, bytes: sum.bytes + bytes });
        }
        download.stop();
        out.table([...perLevel].map(([level, sum]) => ({ level, files: sum.files, size: size(sum.bytes) })));
        const [first] = files;
        if (first !== undefined) {
            const { status, path } = await imap.verify(first);
            out.line(`${basename(path)} beside the archive: ${status}`);
        }
        const sending = out.transfers('uploading');
        const sent = await imap.upload(packets, { onProgress: sending.onProgress, waitUntilIndexed: true });
        sending.stop();
        const [found] = await imap.query({ filePath: sent.name });
        out.line(`uploaded ${sent.name} (${size(sent.bytes)}), found again as ${found?.filePath ?? 'nothing'}`);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
