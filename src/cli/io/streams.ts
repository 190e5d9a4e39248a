import { fstatSync, writeSync } from 'node:fs';
import { diskWords, systemCode } from '../../core/files/system-error.js';

/** How writing to the standard streams went. */
export interface StreamState {
  /** The reader of the results went away (`sdc … | head`): no failure, and nobody reads what follows. */
  readerGone: boolean;
  /** Results could not be written, such as on a full disk. */
  failed: boolean;
}

/** Writes results; what goes wrong is kept in `state`, never thrown. */
export function resultWriter(
  stream: NodeJS.WriteStream,
  state: StreamState,
  complain: (text: string) => void,
): (text: string) => void {
  const onError = (error: unknown): void => {
    if (isGone(error, stream.isTTY)) state.readerGone = true;
    else if (!state.failed) {
      state.failed = true;
      complain(`error: the results could not be written: ${diskWords(error)}\n`);
    }
  };
  stream.on('error', onError);
  const write = isFile(1) ? (text: string) => writeWhole(1, text) : (text: string) => void stream.write(text);
  return (text) => {
    if (state.readerGone || state.failed) return;
    try {
      write(text);
    } catch (error) {
      onError(error);
    }
  };
}

/** Writes messages. Where nobody can read them the work goes on all the same. */
export function messageWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let broken = false;
  stream.on('error', () => (broken = true));
  return (text) => {
    if (!broken) stream.write(text);
  };
}

/** The other end is closed: a pipe without a reader, a terminal whose window is gone. */
function isGone(error: unknown, isTerminal: boolean): boolean {
  const code = systemCode(error) ?? '';
  return ['EPIPE', 'ECONNRESET', 'ENOTCONN', 'ERR_STREAM_DESTROYED'].includes(code) || (isTerminal && code === 'EIO');
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Node's own stream for files takes a write that the disk cut short for a whole one. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
