import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed tarball. */
    tarball: string;
    /** A folder outside the project into which nothing but the tarball was installed. */
    consumer: string;
  }
}

interface Packed {
  readonly tarball: string;
  readonly consumer: string;
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
  await writeFile(join(consumer, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "private": true }\n');
  await npm(consumer, ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', tarball]);
  return { tarball, consumer, folder };
}

const shared = globalThis as { sdcPacked?: Promise<Packed>; sdcPackedUsers?: number };

/** Runs before the tests of the projects that need the built package; they share one build. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.sdcPacked ??= pack();
  shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 0) + 1;
  const { tarball, consumer, folder } = await shared.sdcPacked;
  project.provide('tarball', tarball);
  project.provide('consumer', consumer);
  return async () => {
    shared.sdcPackedUsers = (shared.sdcPackedUsers ?? 1) - 1;
    if (shared.sdcPackedUsers === 0) await rm(folder, { recursive: true, force: true });
  };
}
