// npm start: the service on PORT (default 8080), until SIGTERM or SIGINT.
import { createService } from './service.js';
const { HOST = '127.0.0.1', PORT = '8080', LOG_LEVEL = 'info' } = process.env;
const app = createService({ log: { level: LOG_LEVEL } });
for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
        app.close().catch((error) => {
            app.log.error({ err: error }, 'the service did not stop in order');
            process.exitCode = 1;
        });
    });
}
await app.listen({ host: HOST, port: Number(PORT) });
