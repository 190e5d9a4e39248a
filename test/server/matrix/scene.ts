import { link, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { FaultPlan, RecordedRequest } from '../../../src/testing/kit/types.js';
import { hmiScene } from './scene-hmi.js';
import { IMAP_SCENES } from './scenes-imap.js';
import { SCC_SCENES } from './scenes-scc.js';
import { SCOPS_SCENES } from './scenes-scops.js';
import type { Site, Subject } from './subject.js';
import { behind, type Way } from './way.js';

/** A simulated centre on real sockets with what is asked of it. */
export interface Scene {
  readonly site: Site;
  readonly faults: FaultPlan;
  readonly requests: readonly RecordedRequest[];
  /** Ports of all its services. */
  readonly ports: ReadonlySet<number>;
  /** What it holds: path below the target folder, and bytes. */
  readonly truth: ReadonlyMap<string, Uint8Array>;
  /** What it holds now, where that comes to be by the call. */
  readonly settled?: () => Promise<ReadonlyMap<string, Uint8Array>>;
  /** What came with uploads so far. */
  readonly stored: () => readonly Uint8Array[];
  /** What should come with an upload, one for each thing that is stored. */
  readonly sent: readonly Uint8Array[];
  /** An empty folder of its own. */
  readonly at: string;
  readonly end: () => Promise<void>;
}

/** A scene without its folders. */
export type Made = Omit<Scene, 'at' | 'end' | 'ports' | 'site'> & {
  readonly site: Omit<Site, 'sources' | 'origins'>;
  readonly origins: Readonly<Record<string, string>>;
  /** Local files that the call reads, by name. */
  readonly local: Readonly<Record<string, Uint8Array | string>>;
  readonly close: () => Promise<void>;
};

const MAKERS: Readonly<Record<string, () => Promise<Made>>> = {
  ...SCC_SCENES,
  ...IMAP_SCENES,
  hmi: hmiScene,
  ...SCOPS_SCENES,
};

/** Makes the scene of a call; without a way its services are reached at their ports on loopback. */
export async function scene({ centre, stage = centre, files, laid }: Subject, way?: Way): Promise<Scene> {
  const home = await mkdtemp(join(tmpdir(), 'sdc-matrix-'));
  const at = join(home, 'at');
  await mkdir(at);
  const maker = MAKERS[stage];
  if (maker === undefined) throw new TypeError(`no scene ${stage}`);
  const { close, origins, local, ...made } = way === undefined ? await maker() : behind(way, await maker());
  const sources: string[] = [];
  for (const [name, content] of Object.entries(local)) {
    sources.push(join(home, name));
    await writeFile(join(home, name), content);
  }
  const truth = new Map([...made.truth].slice(0, files));
  const staged: Scene = {
    ...made,
    truth,
    site: { ...made.site, origins, sources },
    ports: new Set(Object.values(origins).map((origin) => Number(new URL(origin).port))),
    at,
    end: async () => {
      await close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (laid !== undefined) await lay(staged, laid);
  return staged;
}

/** Bytes of the same length that are not right. */
export const spoiled = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte));

/** Puts a copy of each file at its target. */
export async function lay({ at, truth }: Scene, laid: 'right' | 'spoiled'): Promise<void> {
  for (const [name, bytes] of truth) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writeFile(join(at, name), laid === 'right' ? bytes : spoiled(bytes));
  }
}

/** Makes the part that was left another one. */
export async function layBeside({ at, truth }: Scene, what: 'twin' | 'dead-lock'): Promise<void> {
  const [name = ''] = truth.keys();
  const target = join(at, name);
  if (what === 'twin') {
    await rm(`${target}.part`, { force: true });
    await link(target, `${target}.part`);
    return;
  }
  const lock = `${target}.part.lock`;
  await writeFile(lock, JSON.stringify({ pid: 1, host: 'elsewhere.invalid', token: 'gone' }));
  const long = new Date(Date.now() - 600_000);
  await utimes(lock, long, long);
}

/** What a mirror knows of its files; what else is in its folder is litter. */
const RECORDS = /^\.sdc\/(?:manifest\.jsonl|queries\/[0-9a-f]{16}\.json)$/u;

/** All files below a folder with their bytes, by relative path, without the records of a mirror. */
export async function filesBelow(folder: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!entry.isDirectory() && !RECORDS.test(name)) found.set(name, await readFile(path));
  }
  return found;
}

/** Empties a folder. */
export async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(folder);
}
