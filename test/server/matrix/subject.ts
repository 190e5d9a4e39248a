import type { Centre } from '../../../src/errors.js';
import type { HmiRecord } from '../../../src/hmi/index.js';
import type { DownloadOptions } from '../../../src/types.js';

/** Where a simulated centre listens and what it holds; travels as JSON to processes of their own. */
export interface Site {
  readonly centre: Centre;
  readonly url: string;
  /** The proxy that it is reached through. */
  readonly proxy?: string;
  /** Origins of all services, by name. */
  readonly origins: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  /** What the call asks for: a measurement, file names, a processing id. */
  readonly wanted: readonly string[];
  readonly records: readonly HmiRecord[];
  /** Local files to be sent or read. */
  readonly sources: readonly string[];
}

/** How a call is made. */
export type Ways = Pick<DownloadOptions, 'signal' | 'overwrite' | 'concurrency' | 'onProgress' | 'resume'> & {
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retries: number;
  /** The second try of an upload, which may find what the first one left. */
  readonly again?: boolean;
  /** Leaves a loop, or cancels a stream, at its first element. */
  readonly leave?: boolean;
};

/** What lies where a call's first file belongs, before it begins. */
export type Laid = 'right' | 'spoiled';

/** One transfer call of a client. */
export interface Subject {
  /** The operation, and in brackets what is special about it. */
  readonly name: string;
  readonly centre: Centre;
  /** Which scene it plays in; default: that of the centre. */
  readonly stage?: string;
  /** A `process` brings files after it has sent something; a `check` only compares. */
  readonly kind: 'download' | 'open' | 'upload' | 'process' | 'check';
  /** The requests of the call that faults strike, by pattern. */
  readonly stations: Readonly<Record<string, RegExp>>;
  /** The station that carries the bytes. */
  readonly carrier: string;
  /** The station that takes what is sent, and whether that may be sent but once. */
  readonly sends?: { readonly station: string; readonly once: boolean };
  /** How many files of the scene it is about. */
  readonly files: number;
  /** How many requests of the carrier make one file; default: one. */
  readonly pieces?: number;
  /** How many requests of the carrier come before the one for the bytes. */
  readonly before?: number;
  /** The whole is asked for by ranges, several at a time. */
  readonly ranged?: boolean;
  /** Why the centre's answers have neither ranges nor validators. */
  readonly rangeless?: string;
  /** Lies at the target before. */
  readonly laid?: Laid;
  /** Why a part that was left is never continued. */
  readonly whole?: string;
  /** Where one of several files is not offered, the others are enough, and why. */
  readonly leavesOut?: string;
  /** A file that came is kept as long as the centre's list says the same of it, whatever the centre would send now. */
  readonly keeps?: true;
  /** False: another call makes another file, or another order. */
  readonly repeats?: boolean;
  /** Stations that another call has, too, with its name: some of the faults stand for all. */
  readonly few?: Readonly<Record<string, string>>;
  /** Stations that are asked but once. */
  readonly unrepeated?: readonly string[];
  /** Stations that are asked until they answer, or time is up. */
  readonly waits?: readonly string[];
  /** Stations where "not there" is an answer. */
  readonly absent?: readonly string[];
  /** Stations whose answer has no body. */
  readonly bodiless?: readonly string[];
  /** Stations where an empty answer is the centre's own word for "nothing", and why. */
  readonly silences?: Readonly<Record<string, string>>;
  /** Stations whose answer is only a help: the call may go on without it. */
  readonly helps?: readonly string[];
  /** @returns the body of what was opened. */
  readonly run: (site: Site, at: string, ways: Ways) => Promise<Uint8Array | undefined>;
}

interface Ends {
  close(): Promise<void>;
}

/** Works with a client, and ends it. */
export async function using<C extends Ends>(
  client: C,
  work: (client: C) => Promise<unknown>,
): Promise<Uint8Array | undefined> {
  try {
    const result = await work(client);
    return result instanceof Uint8Array ? result : undefined;
  } finally {
    await client.close();
  }
}

/** Options of a client. */
export const common = ({ url, proxy }: Site, { retries, timeoutMs, idleTimeoutMs }: Ways) => ({
  baseUrl: url,
  ...(proxy !== undefined && { proxy }),
  retries,
  timeoutMs,
  idleTimeoutMs,
});
/** Options of a download. */
export const optional = ({ signal, overwrite, concurrency, onProgress, resume }: Ways) => ({
  ...(signal && { signal }),
  ...(overwrite && { overwrite }),
  ...(concurrency !== undefined && { concurrency }),
  ...(onProgress && { onProgress }),
  ...(resume !== undefined && { resume }),
});
/** Options of a mirror: its first failure ends it, and it has one file of each name. */
export const mirroring = (ways: Ways) => ({ ...optional(ways), onFailure: 'throw' as const });
/** Options of a stream. */
export const opening = ({ signal }: Ways) => ({ ...(signal && { signal }) });
/** Options of an upload. */
export const sending = ({ signal, onProgress }: Ways) => ({
  ...(signal && { signal }),
  ...(onProgress && { onProgress }),
});

/** The first thing that a scene wants. */
export const first = ({ wanted }: Site): string => wanted[0] ?? '';

/** Goes through a loop, or leaves it at once. */
export async function all(files: AsyncIterable<unknown>, { leave }: Ways): Promise<undefined> {
  for await (const file of files) if (leave === true && file !== undefined) break;
  return undefined;
}

/** Reads a stream, or cancels it at its first chunk. */
export async function bodyOf({ stream }: { stream: ReadableStream<Uint8Array> }, { leave }: Ways): Promise<Uint8Array> {
  if (leave === true) {
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    return new Uint8Array();
  }
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
