import { listFiles } from '../../core/files/directory.js';
import { baseName, below } from '../../core/files/paths.js';
import { isRawFile } from '../names/raw-file.js';
import type { Job } from './note.js';
import type { Station } from './plan.js';
import { fingerprintOf } from './stable.js';
import type { JobEnd } from './work-on.js';

/** How a file was when the work on it ended. */
interface Ended {
  readonly end: JobEnd;
  readonly fingerprint: string | undefined;
  /** The files beside it, which it may need. */
  readonly others: string;
}

/** The folder of a station: which files are to be worked on. */
export class Folder {
  readonly #station: Station;
  readonly #ended = new Map<string, Ended>();
  readonly #busy = new Set<string>();
  readonly #told = new Set<string>();
  #others = '';
  #looked = false;

  constructor(station: Station) {
    this.#station = station;
  }

  /** The files that are new, have changed, or are not finished, in order of name. */
  async due(): Promise<string[]> {
    const { plan, op, datalog } = this.#station;
    const files = await listFiles(plan.folder, 'the folder', op.arguments);
    const raw = files.filter((file) => isRawFile(file, plan.skipCalibration ?? false));
    const isRaw = new Set(raw);
    this.#others = await fingerprints(files.filter((file) => !isRaw.has(file)));
    const due: string[] = [];
    for (const path of raw) {
      const name = baseName(path);
      if (!this.#busy.has(name) && this.#isDue(name, await fingerprintOf(path))) due.push(name);
    }
    if (!this.#looked) {
      const names = new Set(raw.map(baseName));
      due.push(...datalog.files().filter((name) => !names.has(name) && this.#isUnderWay(name)));
      this.#looked = true;
    }
    return due;
  }

  async work(name: string, workOn: (job: Job) => Promise<JobEnd>): Promise<void> {
    const job: Job = { station: this.#station, name, path: below(this.#station.plan.folder, name) };
    const others = this.#others;
    this.#busy.add(name);
    try {
      const end = await workOn(job);
      const fingerprint = job.fingerprint ?? (await fingerprintOf(job.path));
      this.#ended.set(name, { end, fingerprint, others });
    } finally {
      this.#busy.delete(name);
    }
  }

  #isDue(name: string, now: string | undefined): boolean {
    const { plan, datalog } = this.#station;
    const entry = datalog.get(name);
    const ended = this.#ended.get(name);
    if (now === undefined) return false;
    if (ended === undefined && (entry === undefined || this.#isUnderWay(name))) return true;
    const before = ended?.fingerprint ?? entry?.fingerprint;
    const hasChanged = before !== undefined && before !== now;
    if (entry?.step === 'done') return hasChanged && this.#mayReplace(name, now);
    if (hasChanged) return true;
    if (ended === undefined) return entry?.sent !== true || plan.replace === true || plan.rerun === true;
    return ended.end === 'unsent' && ended.others !== this.#others;
  }

  /** An earlier run has begun with it, and not come to an end. */
  #isUnderWay(name: string): boolean {
    const step = this.#station.datalog.get(name)?.step;
    return step !== undefined && step !== 'done' && step !== 'failed';
  }

  #mayReplace(name: string, now: string): boolean {
    const { plan, op } = this.#station;
    if (plan.replace === true) return true;
    const told = `${name} ${now}`;
    if (!this.#told.has(told)) op.warn(`${name} has changed since it was sent; use option replace to send it again`);
    this.#told.add(told);
    return false;
  }
}

async function fingerprints(files: readonly string[]): Promise<string> {
  const all: string[] = [];
  for (const file of files) all.push(`${file} ${(await fingerprintOf(file)) ?? ''}`);
  return all.join('\n');
}
