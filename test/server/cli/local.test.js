import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HmiClient, ImapClient, SCC, ScopsClient } from '../../../src/index.js';
import { folder, sdc } from './run.js';
/** The variables that `sdc simulate` tells to set. */
function variables(text) {
    return Object.fromEntries(Array.from(text.matchAll(/^export (\w+)='([^']*)'$/gmu), ([, name = '', value = '']) => [name, value]));
}
/** Starts a simulated centre, uses it, ends it with Ctrl-C. */
async function withSimulator(centre, use) {
    let failure;
    const { code, err } = await sdc(['simulate', centre, '--port', '0', '--speed', '10'], {
        during: async (child) => {
            let out = '';
            child.stdout?.on('data', (text) => (out += text));
            await new Promise((resolve) => {
                child.stderr?.on('data', (text) => {
                    if (text.includes('Ctrl-C ends it'))
                        resolve();
                });
            });
            await use(variables(out)).catch((error) => (failure = new Error(`not usable: ${String(error)}`)));
            child.kill('SIGINT');
        },
    });
    if (failure !== undefined)
        throw failure;
    expect(code, err).toBe(0);
}
test('simulate scc', () => withSimulator('scc', async (env) => {
    const credentials = {
        httpAuthUser: env.SCC_HTTP_AUTH_USER ?? '',
        httpAuthPassword: env.SCC_HTTP_AUTH_PASSWORD ?? '',
        username: env.SCC_USERNAME ?? '',
        password: env.SCC_PASSWORD ?? '',
    };
    const scc = new SCC(credentials, { baseUrl: env.SCC_BASE_URL ?? '' });
    expect((await scc.getMeasurement('20210601aky0000')).stationCode).toBe('aky');
    await scc.close();
}));
test('simulate imap', () => withSimulator('imap', async (env) => {
    const imap = new ImapClient({ baseUrl: env.IMAP_DATA_ACCESS_URL ?? '', apiKey: env.IMAP_API_KEY ?? '' });
    expect((await imap.query({ instrument: 'mag', startDate: '20260105' })).length).toBeGreaterThan(0);
    await imap.close();
}));
test('simulate hmi', () => withSimulator('hmi', async (env) => {
    const hmi = new HmiClient({ baseUrl: env.HMI_BASE_URL ?? '' });
    expect(await hmi.isAlive()).toBe(true);
    await hmi.close();
}));
test('simulate scops', () => withSimulator('scops', async (env) => {
    const { SCOPS_BASE_URL: baseUrl = '', SCOPS_PROJECT: project = '', SCOPS_PASSWORD: password = '' } = env;
    const scops = new ScopsClient({ baseUrl, project, password });
    expect((await scops.getFlight({ year: 2014, day: 217 })).lines).toHaveLength(2);
    await scops.close();
}));
test('the demonstration runs with all centres, whatever the settings of its user', async () => {
    const cwd = folder();
    const env = { SCC_BASE_URL: 'http://127.0.0.1:9/', IMAP_API_KEY: 'not-known-here', IMAP_ACCESS_TOKEN: 'nor-this' };
    const { code, out, err } = await sdc(['demo', '--keep', 'demo'], { cwd, env });
    expect(code, err).toBe(0);
    expect(out.match(/^\$ sdc (\w+)/gmu)).toHaveLength(13);
    expect(readdirSync(join(cwd, 'demo'))).toEqual(expect.arrayContaining(['scc', 'imap', 'hmi', 'scops', 'order.json']));
});
test('the completion scripts ask for words, and get files where a path is wanted', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
        expect((await sdc(['complete', shell])).out).toMatch(/sdc['"]? complete/u);
    expect((await sdc(['complete', '--', 'scc', 'rerun-'])).out).toMatch(/^rerun-all\t.*\nrerun-elpp\t.*\nrerun-optical\t.*\n:4\n$/u);
    expect((await sdc(['complete', '--', 'scc', 'upload-file', ''])).out).toBe(':0\n');
});
