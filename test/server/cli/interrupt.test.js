import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { simulateHmi } from '../../../src/testing/index.js';
import { folder, sdc } from './run.js';
const one = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T00:15', 'fits', '--segments', 'magnetogram'];
/** Waits until a condition holds; the test's own time limit ends it. */
async function until(holds) {
    while (!holds())
        await new Promise((resolve) => setTimeout(resolve, 20));
}
test('Ctrl-C ends cleanly with 130, keeps the part, and the same command continues it', async () => {
    const sim = simulateHmi({ fileBytes: 8_000_000, ranges: true });
    const server = await sim.listen();
    onTestFinished(() => server.close());
    const cwd = folder();
    const fits = join(cwd, 'fits');
    const args = ['hmi', 'download', ...one, '--harpnum', '6167', '--base-url', server.url];
    sim.faults.add({ route: /magnetogram/u, fault: { kind: 'stall', afterBytes: 6_000_000 } });
    const parts = () => (existsSync(fits) ? readdirSync(fits).filter((name) => name.includes('.part')) : []);
    const interrupt = async (child) => {
        await until(() => parts().some((name) => statSync(join(fits, name)).size >= 1_000_000));
        child.kill('SIGINT');
    };
    const { code, out, err } = await sdc(args, { cwd, during: interrupt });
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toBe('interrupted; what was downloaded in part is kept, and the same command continues it\n');
    expect(parts().length, 'a part is kept').toBeGreaterThan(0);
    expect(readdirSync(fits).filter((name) => name.endsWith('.fits'))).toEqual([]);
    const again = await sdc(args, { cwd });
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^resumed +\S+\.fits \(8\.0 MB\)\n$/u);
    expect(sim.requests.at(-1)?.headers.get('range')).toMatch(/^bytes=\d+-$/u);
});
test('a request to end from the system is exit code 143', async () => {
    const sim = simulateHmi();
    const server = await sim.listen();
    onTestFinished(() => server.close());
    sim.faults.add({ route: /HMI/u, fault: { kind: 'stall' }, times: Infinity });
    const end = async (child) => {
        await until(() => sim.requests.length > 0);
        child.kill('SIGTERM');
    };
    const { code } = await sdc(['hmi', 'list', ...one.slice(0, 3), '--base-url', server.url], { during: end });
    expect(code).toBe(143);
});
test('a reader that has seen enough is no failure', async () => {
    const server = await simulateHmi().listen();
    onTestFinished(() => server.close());
    const args = ['hmi', 'list', 'hmi.sharp_720s', '2015-12-11', '2015-12-12', '--base-url', server.url];
    const close = async (child) => {
        child.stdout?.destroy();
        await Promise.resolve();
    };
    expect((await sdc(args, { during: close })).code).toBe(0);
});
