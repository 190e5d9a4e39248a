import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { compileEach } from '../support/compile-each.js';
import { isFull } from '../support/full.js';

const run = promisify(execFile);
const CONSUMER = '{ "name": "consumer", "version": "1.0.0", "private": true }\n';
const root = fileURLToPath(new URL('../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder that holds the package as a user has it: installed from its tarball, with `npm test` only its bundles. */
    consumer: string;
    /** The modules file by file, as they were compiled. */
    modules: string;
  }
}

interface Packed {
  readonly consumer: string;
  readonly modules: string;
  readonly folder: string;
}

/** Runs npm; what it printed is part of the error when it fails. */
async function npm(cwd: string, args: readonly string[]): Promise<void> {
  await run('npm', args, { cwd, timeout: 200_000 }).catch((error: unknown) => {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${args[0] ?? ''} failed:\n${stdout}${stderr}`);
  });
}

/** Builds, packs and installs the package as a user gets it. */
async function pack(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'sdc-package-'));
  // `prepack` builds; the user's own npm settings are left alone, so that a mirror or cache is used where there is one.
  await npm(root, ['pack', '--silent', '--pack-destination', folder]);
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack made no tarball');
  const tarball = join(folder, name);
  const consumer = await mkdtemp(join(folder, 'consumer-'));
  await writeFile(join(consumer, 'package.json'), CONSUMER);
  await npm(consumer, ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', tarball]);
  return { consumer, modules: join(root, 'dist'), folder };
}

/** Only the bundles, which take a moment, in a folder of the project, where the libraries are found that it needs. */
async function bundle(): Promise<Packed> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache/sdc-bundles-'));
  const consumer = join(folder, 'consumer');
  const installed = join(consumer, 'node_modules/@lab/sdc');
  await mkdir(installed, { recursive: true });
  await writeFile(join(consumer, 'package.json'), CONSUMER);
  await cp(join(root, 'package.json'), join(installed, 'package.json'));
  await symlink(join(root, 'vendor'), join(installed, 'vendor'), 'junction');
  // All that a build leaves in dist but the declarations; a user gets the bundles of it.
  const modules = join(folder, 'dist');
  await Promise.all([
    run(process.execPath, ['scripts/bundles.mjs', relative(root, modules)], { cwd: root }),
    compileEach(modules),
  ]);
  for (const part of ['bundle', 'cli'])
    await cp(join(modules, part), join(installed, 'dist', part), { recursive: true });
  await cp(join(modules, 'examples.br'), join(installed, 'dist/examples.br'));
  await mkdir(join(consumer, 'node_modules/.bin'));
  await symlink(join(installed, 'dist/cli/sdc.js'), join(consumer, 'node_modules/.bin/sdc'));
  return { consumer, modules, folder };
}

const shared = globalThis as { sdcPacked?: Promise<Packed>; sdcPackedUsers?: number };

/** Runs before the tests of the projects that need the built package; they share one build. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.sdcPacked ??= isFull ? pack() : bundle();
  shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 0) + 1;
  const { consumer, modules, folder } = await shared.sdcPacked;
  project.provide('consumer', consumer);
  project.provide('modules', modules);
  return async () => {
    shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 1) - 1;
    if (shared.sdcPackedUsers === 0) await rm(folder, { recursive: true, force: true });
  };
}
