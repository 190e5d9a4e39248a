import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Runs npm; what it printed is part of the error when it fails. */
async function npm(cwd, args) {
    await run('npm', args, { cwd, timeout: 200_000 }).catch((error) => {
        const { stdout = '', stderr = '' } = error;
        throw new Error(`npm ${args[0] ?? ''} failed:\n${stdout}${stderr}`);
    });
}
/** Builds, packs and installs the package as a user gets it. */
async function pack() {
    const folder = await mkdtemp(join(tmpdir(), 'sdc-package-'));
    // `prepack` builds; the user's own npm settings are left alone, so that a mirror or cache is used where there is one.
    await npm(root, ['pack', '--silent', '--pack-destination', folder]);
    const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
    if (name === undefined)
        throw new Error('npm pack made no tarball');
    const tarball = join(folder, name);
    const consumer = await mkdtemp(join(folder, 'consumer-'));
    await writeFile(join(consumer, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "private": true }\n');
    await npm(consumer, ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', tarball]);
    return { tarball, consumer, folder };
}
const shared = globalThis;
/** Runs before the tests of the projects that need the built package; they share one build. */
export async function setup(project) {
    shared.sdcPacked ??= pack();
    shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 0) + 1;
    const { tarball, consumer, folder } = await shared.sdcPacked;
    project.provide('tarball', tarball);
    project.provide('consumer', consumer);
    return async () => {
        shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 1) - 1;
        if (shared.sdcPackedUsers === 0)
            await rm(folder, { recursive: true, force: true });
    };
}
