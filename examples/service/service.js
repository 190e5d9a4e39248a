// An HTTP service that passes the SCC's products on: one session for all clients, nothing touches the disk.
import fastify, {} from 'fastify';
import { SCC } from '@lab/sdc';
import { answerOf } from './failures.js';
import { createMetrics } from './metrics.js';
import { createReadiness } from './readiness.js';
import { productRoutes } from './products.js';
/** Makes the service; `listen()` starts it, `close()` ends it and its session on the SCC. */
export function createService(options = {}) {
    const app = fastify({ logger: { level: 'info', ...options.log } });
    const metrics = createMetrics();
    const scc = new SCC(options.credentials, {
        keepAlive: true, // a session that ended is renewed before a client's request meets it
        ...options.scc,
        logger: metrics.counting(app.log.child({ component: 'scc' })),
    });
    let isStopping = false;
    const stopping = new AbortController();
    app.addHook('preClose', async () => {
        isStopping = true;
        app.log.info('stopping: no new requests, running streams may finish');
        const grace = setTimeout(() => {
            stopping.abort(new Error('the service stops'));
            app.server.closeAllConnections(); // those too on which nobody has asked anything yet
        }, options.graceMs ?? 30_000);
        app.server.once('close', () => clearTimeout(grace));
    });
    app.addHook('onClose', async () => {
        stopping.abort(new Error('the service stops'));
        await scc.close(); // logs out: the session ends on the SCC too
        app.log.info('stopped');
    });
    app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'unknown';
        metrics.answered(route, reply.statusCode, reply.elapsedTime);
        // a client's kept-alive connection must not hold up the end
        if (isStopping)
            setImmediate(() => app.server.closeIdleConnections());
    });
    app.setErrorHandler((error, request, reply) => {
        const { status, headers, body } = answerOf(error);
        if (status >= 500)
            request.log.warn({ err: error, url: request.url }, 'failed');
        return reply.status(status).headers(headers).send(body);
    });
    const isReady = createReadiness(scc);
    app.get('/health', async () => ({ status: 'alive' }));
    app.get('/ready', async (_request, reply) => {
        const state = await isReady();
        return reply.status(state.ready ? 200 : 503).send(state);
    });
    app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
    productRoutes(app, { scc, metrics, stopping: stopping.signal, maxStreams: options.maxStreams ?? 8 });
    return app;
}
