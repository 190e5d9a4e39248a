import { differences, type Difference } from '../../core/mirror/disk.js';
import type { ManifestEntry } from '../../core/mirror/manifest-line.js';
import { manifestPath } from '../../core/mirror/local-path.js';
import { recordedIn } from '../../core/mirror/recorded.js';
import { readWords, systemCode } from '../../core/files/system-error.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import type { Column } from '../output/columns.js';
import { size } from '../output/size.js';

/** What is recorded. */
type Entries = Iterable<ManifestEntry> & { readonly size: number };

interface Row extends Pick<ManifestEntry, 'path' | 'bytes' | 'sha256'> {
  readonly status: 'ok' | Difference;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'status', value: ({ status }) => status },
  { name: 'path', value: ({ path }) => path },
  { name: 'bytes', value: ({ bytes }) => bytes },
  { name: 'sha256', value: ({ sha256 }) => sha256 },
];

const WORDS: Readonly<Record<Difference, string>> = {
  different: 'it differs from the manifest',
  missing: 'it is missing',
  unreadable: 'it cannot be read',
};

/** `sdc verify`. */
export const verify: CommandSpec = {
  name: 'verify',
  summary: 'check the files of a mirror against its manifest, by length and SHA-256',
  details:
    'Sends no requests. The exit code is 1 if a file differs or is missing; each one is named. The next run of the mirror fetches\n' +
    'missing files and those with a different length again; with --verify, all that differ.',
  arguments: [{ flags: '<folder>', text: 'the directory of the mirror' }],
  options: [{ flags: '--print-sums', text: 'only print the recorded digests, for sha256sum -c' }],
  examples: [
    ['sdc verify /data/mag', 'is every file still as it was fetched?'],
    ['cd /data/mag && sdc verify . --print-sums | sha256sum -c', 'the same with other tools'],
  ],
  run: async (context) => {
    const folder = context.input.argument('folder');
    const { entries, damaged } = await manifestOf(folder);
    if (damaged > 0)
      context.warn(`${damaged} lines of ${manifestPath(folder)} cannot be read; their files are not checked`);
    if (context.input.flag('printSums')) printSums(context, entries);
    else await compare(context, folder, entries);
  },
};

async function manifestOf(folder: string): ReturnType<typeof recordedIn> {
  try {
    return await recordedIn(folder);
  } catch (error) {
    if (/^(?:ENOENT|ENOTDIR)$/u.test(systemCode(error) ?? ''))
      throw new UsageError(`${folder} is not the directory of a mirror: it has no ${manifestPath('')}`);
    throw new Error(`${manifestPath(folder)}: ${readWords(error)}`, { cause: error });
  }
}

function printSums({ terminal }: Context, entries: Iterable<ManifestEntry>): void {
  for (const { path, sha256 } of entries) terminal.out(`${sha256}  ${path}\n`);
}

async function compare(context: Context, folder: string, entries: Entries): Promise<void> {
  const { outcome, signal, format } = context;
  const found = new Map<string, Difference>();
  await context.steps('verifying', async (step) => {
    const options = { digests: true, signal };
    for await (const { entry, difference } of differences(folder, counted(entries, step), options)) {
      found.set(entry.path, difference);
      outcome.failed(entry.path, new Error(WORDS[difference]));
    }
  });
  outcome.done(entries.size - found.size);
  if (format !== 'table') {
    const rows = Array.from(entries, ({ path, bytes, sha256 }) => ({
      status: found.get(path) ?? ('ok' as const),
      path,
      bytes,
      sha256,
    }));
    await context.rows(COLUMNS, rows);
  } else if (found.size === 0) {
    let bytes = 0;
    for (const entry of entries) bytes += entry.bytes;
    context.line(`${entries.size} ${entries.size === 1 ? 'file is' : 'files are'} as recorded (${size(bytes)})`);
  }
}

/** Says how many were taken. */
function* counted(
  entries: Entries,
  step: (done: number, total: number) => void,
): Generator<ManifestEntry, void, undefined> {
  let taken = 0;
  for (const entry of entries) {
    step(taken, entries.size);
    taken += 1;
    yield entry;
  }
}
