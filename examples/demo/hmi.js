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
// HMI: list a day of active regions, one record an hour, and fetch two segments of each. The bodies are a real magnetogram.
import { readFile } from 'node:fs/promises';
import { HmiClient } from '@lab/sdc';
import { simulateHmi } from '@lab/sdc/testing';
import { size } from './output.js';
const magnetogram = new URL('../data/hmi-magnetogram.fits', import.meta.url);
export async function demoHmi(out, directory) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const server = __addDisposableResource(env_1, await simulateHmi({ body: await readFile(magnetogram) }).listen(), true);
        out.title(`HMI: a day of SHARPs (${server.url})`);
        const hmi = __addDisposableResource(env_1, new HmiClient({ baseUrl: server.url }), true);
        const day = { start: '2015-12-11', end: '2015-12-12', cadenceMinutes: 360 };
        const records = await hmi.query('hmi.sharp_cea_720s', day).toArray();
        out.line(`records of 11 December 2015, one in six hours: ${records.length}`);
        const download = out.transfers('downloading');
        const perHarp = new Map();
        const segments = ['magnetogram', 'continuum'];
        for await (const file of hmi.download(records, directory, { segments, onProgress: download.onProgress })) {
            const { harpnum = 0, dateObsText } = file.source.record;
            const sum = perHarp.get(harpnum) ?? { files: 0, bytes: 0, first: dateObsText };
            perHarp.set(harpnum, { ...sum, files: sum.files + 1, bytes: sum.bytes + file.bytes });
        }
        download.stop();
        const rows = [...perHarp].sort(([one], [other]) => one - other);
        out.table(rows.map(([harp, sum]) => ({ harp, files: sum.files, size: size(sum.bytes), first: sum.first })));
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
