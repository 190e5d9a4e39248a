// npm run demo: the centres' main jobs against simulated centres on the loopback interface.
// npm run demo -- --base-url https://… : the SCC's against a real site, with credentials from the environment.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSdcError } from '@lab/sdc';
import { demoHmi } from './demo/hmi.js';
import { demoImap } from './demo/imap.js';
import { createOutput } from './demo/output.js';
import { demoScc, runScc } from './demo/scc.js';
import { demoScops } from './demo/scops.js';
const usage = `npm run demo                                 all parts, against simulated centres
npm run demo -- scc                          some parts only
npm run demo -- --base-url URL [--system N]  the SCC part against a real site; needs SCC_HTTP_AUTH_USER,
                                             SCC_HTTP_AUTH_PASSWORD, SCC_USERNAME and SCC_PASSWORD`;
const parts = {
    scc: demoScc,
    imap: demoImap,
    hmi: demoHmi,
    scops: demoScops,
};
async function main() {
    const { values, positionals } = parseArgs({
        options: { 'base-url': { type: 'string' }, system: { type: 'string', default: '437' }, help: { type: 'boolean' } },
        allowPositionals: true,
    });
    const unknown = positionals.filter((name) => parts[name] === undefined);
    if (values.help === true || unknown.length > 0) {
        console.log(unknown.length > 0 ? `no such part: ${unknown.join(', ')}\n${usage}` : usage);
        process.exitCode = unknown.length > 0 ? 2 : 0;
        return;
    }
    const out = createOutput();
    const directory = '.demo';
    await rm(directory, { recursive: true, force: true });
    const started = performance.now();
    const done = [];
    const run = async (part, work) => {
        const begun = performance.now();
        await work();
        done.push({ part, result: 'done', seconds: ((performance.now() - begun) / 1000).toFixed(1) });
    };
    const baseUrl = values['base-url'];
    if (baseUrl === undefined) {
        for (const [name, part] of Object.entries(parts)) {
            if (positionals.length === 0 || positionals.includes(name))
                await run(name, () => part(out, join(directory, name)));
        }
    }
    else {
        await run('scc', () => runScc(out, { baseUrl, pollIntervalMs: 10_000 }, join(directory, 'scc'), Number(values.system)));
    }
    out.title(`Finished in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    out.table(done);
}
main().catch((error) => {
    console.error(isSdcError(error) ? `\n${error.name}: ${error.message}` : error);
    process.exitCode = 1;
});
