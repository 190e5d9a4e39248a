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
// SCOPS: order the processing of two flight lines, confirm it as the mail says, follow it, fetch the products.
import { setTimeout as pause } from 'node:timers/promises';
import { parseScopsMail, ScopsClient } from '@lab/sdc';
import { simulateScops } from '@lab/sdc/testing';
import { size } from './output.js';
export async function demoScops(out, directory) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // A minute of the processing host passes in a second.
        const simulator = simulateScops({ clock: { mode: 'real', start: '2014-09-01T10:00:30Z', speed: 60 } });
        const server = __addDisposableResource(env_1, await simulator.listen(), true);
        out.title(`SCOPS: from a flight to its mapped lines (${server.url})`);
        const scops = __addDisposableResource(env_1, new ScopsClient({ baseUrl: server.url, ...simulator.credentials }), true);
        /** The next mail of a kind, as your mailbox would have it. */
        const mail = async (kind) => {
            for (;;) {
                const found = simulator.outbox.map(({ text }) => parseScopsMail(text)).find((one) => one.kind === kind);
                if (found !== undefined)
                    return found;
                await pause(50);
                await scops.orderExists('none').catch(() => false); // any request lets the simulated host catch up with its clock
            }
        };
        const flight = await scops.getFlight({ year: 2014, day: 217 });
        out.line(`${flight.project}, day 217 of 2014: lines ${flight.lines.map(({ name }) => name).join(', ')}`);
        const order = await scops.submit({
            flight,
            lines: flight.lines.map(({ name }) => ({ name, bands: [1, 10] })),
            email: 'you@example.org',
            pixelSize: 3,
        });
        out.line(`ordered ${order.configName}`);
        await scops.confirm((await mail('confirm')).configName ?? order.configName);
        out.line('confirmed');
        const { processingId = '' } = await mail('status');
        for await (const { state, percent, products } of scops.watch(processingId, { pollIntervalMs: 250 })) {
            out.line(`${state} ${Math.round(percent)} %: ${products.map(({ name, stage }) => `${name} ${stage}`).join(', ')}`);
        }
        const download = out.transfers('downloading');
        const rows = [];
        for await (const file of scops.download(processingId, directory, { onProgress: download.onProgress })) {
            rows.push({ product: file.source, size: size(file.bytes), sha256: file.sha256?.slice(0, 12) ?? '' });
        }
        download.stop();
        out.table(rows);
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
