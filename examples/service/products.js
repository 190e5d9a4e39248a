// The routes that lead to the SCC.
import { Readable } from 'node:stream';
import { SCC_PRODUCTS } from '@lab/sdc';
import { TooBusy } from './failures.js';
/** The client checks ids itself; a bad one is a TypeError before any request. */
const params = { type: 'object', properties: { product: { enum: SCC_PRODUCTS } } };
/** GET /measurements/:id and GET /measurements/:id/products/:product. */
export function productRoutes(app, { scc, metrics, stopping, maxStreams }) {
    let streams = 0;
    async function* counted(stream, product) {
        for await (const chunk of stream) {
            metrics.streamed(product, chunk.byteLength);
            yield chunk;
        }
    }
    app.get('/measurements/:id', async (request) => scc.getMeasurement(request.params.id, { signal: stopping }));
    app.get('/measurements/:id/products/:product', 
    // a HEAD made of this GET would read the whole product and throw it away
    { schema: { params }, exposeHeadRoute: false }, async (request, reply) => {
        if (streams >= maxStreams)
            throw new TooBusy();
        streams += 1;
        metrics.streams(streams);
        const gone = new AbortController();
        // `close` comes in the end of every answer; before its end it means that the client went away
        reply.raw.once('close', () => {
            streams -= 1;
            metrics.streams(streams);
            gone.abort(new Error('the client went away'));
        });
        const { product } = request.params;
        const opened = await scc.openProduct(request.params.id, product, {
            signal: AbortSignal.any([gone.signal, stopping]),
        });
        reply
            .type(opened.contentType ?? 'application/octet-stream')
            .header('content-disposition', `attachment; filename="${opened.name}"`);
        if (opened.bytes !== undefined)
            reply.header('content-length', opened.bytes);
        // A slow client slows the source down; an error of either side ends the other.
        return reply.send(Readable.from(counted(opened.stream, product), { objectMode: false }));
    });
}
