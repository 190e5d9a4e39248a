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
// The SCC's main job: upload a raw lidar measurement with its radiosonde, wait for the processing, fetch the products.
import { basename } from 'node:path';
import { sccSession } from '@lab/sdc';
import { simulateScc } from '@lab/sdc/testing';
import { size } from './output.js';
const data = new URL('../data/', import.meta.url);
function stateOf({ products }) {
    return Object.entries(products)
        .filter(([, { status }]) => status !== 'not-run')
        .map(([module, { status }]) => `${module} ${status}`)
        .join(', ');
}
export async function runScc(out, target, directory, systemId) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { baseUrl, credentials, pollIntervalMs } = target;
        out.title(`SCC: from a raw measurement to its products (${baseUrl})`);
        const scc = __addDisposableResource(env_1, await sccSession(credentials, { baseUrl }), true);
        out.line('logged in');
        const upload = out.transfers('uploading');
        const { measurementId: id, ancillaries } = await scc.uploadFile(new URL('20210601aky0930.nc', data), systemId, {
            soundingFile: new URL('rs_20210601aky09.nc', data),
            onProgress: upload.onProgress,
        });
        upload.stop();
        out.line(`uploaded ${id}${ancillaries.map(({ file, sent }) => (sent ? ` with ${basename(file)}` : '')).join('')}`);
        for await (const measurement of scc.watchProcessing(id, { pollIntervalMs })) {
            out.line(`${measurement.isProcessing ? 'processing' : measurement.isQueued === true ? 'queued' : 'now'}: ${stateOf(measurement)}`);
        }
        const rows = [];
        const download = out.transfers('downloading');
        for await (const file of scc.downloadProducts(id, directory, {
            extract: true,
            onProgress: download.onProgress,
        })) {
            rows.push({
                product: file.source,
                size: size(file.bytes),
                unpacked: file.extracted?.length ?? 0,
                sha256: file.sha256?.slice(0, 12) ?? '',
            });
        }
        download.stop();
        out.line(`downloaded to ${directory}:`);
        out.table(rows);
        const month = await scc
            .queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' })
            .toArray();
        const failed = month.filter(({ products }) => Object.values(products).some(({ status }) => status === 'error')).length;
        out.line(`June 2021 at station aky: ${month.length} measurements, ${failed} of them with a failed module`);
        await scc.deleteMeasurement(id);
        out.line(`deleted ${id}`);
        await scc.logout();
        out.line('logged out');
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
/** The same against a simulated SCC on the loopback interface, twenty times faster than the wall clock. */
export async function demoScc(out, directory) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const simulator = simulateScc({ clock: { mode: 'real', start: '2021-07-01', speed: 20 } });
        const server = __addDisposableResource(env_2, await simulator.listen(), true);
        await runScc(out, { baseUrl: server.url, credentials: simulator.credentials, pollIntervalMs: 150 }, directory, 437);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
