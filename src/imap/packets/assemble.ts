import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import { removeFile } from '../../core/files/directory.js';
import { readRange } from '../../core/files/read-range.js';
import { downloadOne } from '../../core/transfer/download.js';
import type { Progress } from '../../core/transfer/progress.js';
import { mapConcurrent } from '../../core/util/concurrency.js';
import { packetService, type ImapOperation } from '../context.js';
import { packetsWithin } from '../routes.js';
import { contentCheck } from '../transfer/content.js';
import { orderPackets, PacketScanner, type PacketEntry } from './ccsds.js';
import type { PacketOptions } from './types.js';
import type { PacketWindow } from './windows.js';

const CHUNK_BYTES = 256 * 1024;

/** Thrown where a window holds no packet at all, so that no empty file is made; never leaves this folder. */
export class NoPackets extends Error {}

/** The packets of one window that are to become one file. */
export interface Assembly {
  readonly apids: readonly number[];
  readonly window: PacketWindow;
  /** Application ids of which there is at least one packet. */
  readonly seen: ReadonlySet<number>;
  readonly directory: string;
  /** The final name; the packets of each kind wait in files named after it. */
  readonly name: string;
  readonly options: PacketOptions;
  /** Of the file that the packets become. */
  readonly progress: Progress;
}

interface Piece {
  readonly path: string;
  readonly bytes: number;
  readonly packets: readonly PacketEntry[];
  readonly foreign: boolean;
}

/**
 * Fetches the packets of each kind into files of their own, and gives them in time order, each packet once. Memory holds
 * where packets are, never the packets.
 *
 * @throws {@link NoPackets} when there are none.
 * @throws `TransferError` when an answer ends inside a packet, or holds none although the service listed some.
 */
export async function assemble(
  op: ImapOperation,
  assembly: Assembly,
): Promise<{ bytes: AsyncIterable<Uint8Array>; dispose: () => Promise<void> }> {
  const { apids, directory, name, options } = assembly;
  const paths = apids.map((apid) => join(directory, `.${name}.apid_${apid}`));
  const dispose = async (): Promise<void> => {
    await Promise.all(paths.map(removeFile));
  };
  try {
    const pieces: Piece[] = [];
    const received = apids.map(() => 0);
    const onBytes = (file: number, bytes: number): void => {
      received[file] = bytes;
      assembly.progress.at(received.reduce((sum, one) => sum + one, 0));
    };
    const work = mapConcurrent(
      apids.keys(),
      options.concurrency ?? 4,
      async (file, signal) => ({ file, piece: await fetchKind(op.with({ signal }), assembly, file, onBytes) }),
      op.signal,
    );
    for await (const { file, piece } of work) pieces[file] = piece;
    if (pieces.every(({ bytes }) => bytes === 0)) throw new NoPackets();
    return { bytes: bodyOf(op, assembly, pieces), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function fetchKind(
  op: ImapOperation,
  assembly: Assembly,
  file: number,
  onBytes: (file: number, bytes: number) => void,
): Promise<Piece> {
  const { apids, directory, name, options, seen, window } = assembly;
  const service = packetService(op);
  const failed = (why: string): TransferError => new TransferError(why, { ...service.init(), retryable: true });
  const apid = apids[file] ?? 0;
  const { path, bytes } = await downloadOne(
    service,
    {
      source: apid,
      call: { url: packetsWithin(apid, window.from, window.to) },
      directory,
      name: `.${name}.apid_${apid}`,
      exactName: true,
      check: contentCheck('packets.pkts', false, true),
    },
    {
      overwrite: 'replace',
      resume: false,
      onProgress: ({ bytes }) => {
        onBytes(file, bytes);
      },
    },
  );
  if (bytes === 0 && seen.has(apid)) {
    throw failed(`the packet service lists packets for application id ${apid}, but sent none; call again`);
  }
  if (options.order === 'service') return { path, bytes, packets: [], foreign: false };
  const scanner = new PacketScanner(file, apid);
  let complaint: string | undefined;
  for await (const chunk of chunksOf(path, bytes, op.signal)) complaint ??= scanner.push(chunk);
  const { foreign, leftOver, packets } = scanner;
  if (complaint === undefined && (foreign || leftOver === 0)) return { path, bytes, packets, foreign };
  const why = complaint ?? `the last ${leftOver} bytes are not a complete packet`;
  throw failed(
    `the packets of application id ${apid} are damaged: ${why}; call again, or set option order to 'service' to keep them as sent`,
  );
}

function bodyOf(
  op: ImapOperation,
  assembly: Assembly,
  pieces: readonly Piece[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const foreign = pieces.findIndex((piece) => piece.foreign);
  if (assembly.options.order !== 'service' && foreign < 0) return inOrder(pieces);
  if (foreign >= 0) {
    const apid = assembly.apids[foreign] ?? 0;
    op.warn(`the answer for application id ${apid} holds no packets of that id; nothing was sorted`);
  }
  return oneAfterAnother(pieces);
}

async function* oneAfterAnother(pieces: readonly Piece[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { path, bytes } of pieces) yield* chunksOf(path, bytes, undefined);
}

async function* inOrder(pieces: readonly Piece[]): AsyncGenerator<Uint8Array, void, undefined> {
  const windows = pieces.map(({ path }) => new ReadWindow(path));
  for (const packet of orderPackets(pieces.flatMap(({ packets }) => packets))) {
    const window = windows[packet.file];
    if (window !== undefined) yield await window.bytes(packet.offset, packet.bytes);
  }
}

async function* chunksOf(
  path: string,
  bytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes; at += CHUNK_BYTES) {
    signal?.throwIfAborted();
    yield await readRange(path, at, CHUNK_BYTES);
  }
}

/** Reads a file that is wanted nearly in order, some packets at a time. */
class ReadWindow {
  readonly #path: string;
  #start = 0;
  #held: Uint8Array = new Uint8Array(0);

  constructor(path: string) {
    this.#path = path;
  }

  async bytes(offset: number, length: number): Promise<Uint8Array> {
    const end = this.#start + this.#held.byteLength;
    if (offset < this.#start || offset + length > end) {
      this.#held = await readRange(this.#path, offset, Math.max(CHUNK_BYTES, length));
      this.#start = offset;
    }
    return this.#held.subarray(offset - this.#start, offset - this.#start + length);
  }
}
