import type { SimClock } from '../kit/types.js';
import { Archive } from './archive/archive.js';
import { sampleJobs } from './data/sample-jobs.js';
import { sampleDocuments, sampleKernels, sampleOf2024 } from './data/sample-others.js';
import { sampleScience } from './data/sample-science.js';
import { ARCHIVE_WORDS, type ArchiveWords } from './names/constants.js';
import type { ImapSampleJob, ImapSimulatorOptions } from './options.js';
import { samplePackets, storedPacket, type StoredPacket } from './packets/sample.js';

/** Everything that changes while a simulator runs. */
export interface State {
  readonly archive: Archive;
  readonly jobs: () => readonly ImapSampleJob[];
  readonly packets: () => readonly StoredPacket[];
  readonly requestId: () => string;
  readonly armSlowDown: (times: number, method: string | undefined) => void;
  readonly takeSlowDown: (method: string) => boolean;
  readonly reset: () => void;
}

/** The words of the archive, with those that a test adds. */
function wordsOf({ words }: ImapSimulatorOptions): ArchiveWords {
  return {
    instruments: [...ARCHIVE_WORDS.instruments, ...(words?.instruments ?? [])],
    levels: [...ARCHIVE_WORDS.levels, ...(words?.dataLevels ?? [])],
  };
}

/** Makes the state and fills it with the sample data. */
export function createState(options: ImapSimulatorOptions, clock: SimClock): State {
  const { generation = '2026', data = {} } = options;
  const archive = new Archive(clock, generation, wordsOf(options));
  const own = data.replace !== true;
  let jobs: readonly ImapSampleJob[] | undefined;
  let packets: readonly StoredPacket[] | undefined;
  let requests = 0;
  let slow: { method: string | undefined; left: number }[] = [];

  const fill = (): void => {
    const sample =
      generation === '2024' ? sampleOf2024() : [...sampleScience(), ...sampleDocuments(), ...sampleKernels()];
    for (const file of [...(own ? sample : []), ...(data.files ?? [])]) archive.add(file);
  };
  fill();
  return {
    archive,
    jobs: () => (jobs ??= [...(own ? sampleJobs() : []), ...(data.jobs ?? [])]),
    packets: () => (packets ??= [...(own ? samplePackets() : []), ...(data.packets ?? []).map(storedPacket)]),
    requestId: () => `sim${String((requests += 1)).padStart(9, '0')}`,
    armSlowDown: (times, method) => {
      slow.push({ method, left: times });
    },
    takeSlowDown: (method) => {
      const armed = slow.find(({ method: wanted, left }) => left > 0 && (wanted ?? method) === method);
      if (armed !== undefined) armed.left -= 1;
      return armed !== undefined;
    },
    reset: () => {
      archive.clear();
      slow = [];
      requests = 0;
      fill();
    },
  };
}
