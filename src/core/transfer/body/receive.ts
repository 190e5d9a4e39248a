import type { Readable } from 'node:stream';
import { untilAborted } from '../../util/signal.js';
import { WriteBuffer, type WriteBufferSettings } from './write-buffer.js';

export interface ReceiveSettings extends WriteBufferSettings {
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when all has come; some of it may still be on its way to the disk. */
  readonly onEnd: () => void;
  /** The error for a source that was silent for too long. */
  readonly silent: () => Error;
}

export interface Received {
  /** Bytes of this body that are in the file. */
  readonly bytes: number;
  /** What ended it early, if anything did. */
  readonly failure?: { readonly error: unknown; readonly disk: boolean } | undefined;
}

/**
 * Receives a body into a file. The idle timer runs only while the source is waited for, never while the disk is.
 * Whatever happens, nothing is in flight afterwards, and all that came and was found good is in the file.
 */
export async function receive(source: Readable, settings: ReceiveSettings): Promise<Received> {
  const gatherer = new WriteBuffer(settings);
  let failure: { error: unknown; disk: boolean } | undefined;
  try {
    await untilAborted(pump(source, gatherer, settings), settings.signal);
  } catch (error) {
    failure = { error, disk: false };
  } finally {
    source.destroy();
  }
  try {
    await gatherer.settle();
  } catch (error) {
    failure = { error, disk: true };
  }
  return { bytes: gatherer.written, failure };
}

/** Moves a body; by plain listeners, since what a pipeline does for each chunk costs more than the disk. */
async function pump(source: Readable, gatherer: WriteBuffer, settings: ReceiveSettings): Promise<void> {
  let silence: NodeJS.Timeout | undefined;
  const rest = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (error: unknown): void => {
        source.pause();
        reject(error instanceof Error ? error : new Error('the body could not be received'));
      };
      const listen = (): void => {
        silence ??= setTimeout(() => fail(settings.silent()), settings.idleTimeoutMs);
        silence.refresh();
      };
      const wait = (busy: Promise<void>): void => {
        source.pause();
        rest();
        busy.then(() => {
          if (source.destroyed) return;
          listen();
          source.resume();
        }, fail);
      };
      source.once('error', fail);
      source.once('end', resolve);
      source.once('close', () => fail(new Error('the connection was closed')));
      source.on('data', (chunk: Uint8Array) => {
        try {
          const busy = gatherer.take(chunk);
          if (busy === undefined) listen();
          else wait(busy);
        } catch (error) {
          fail(error);
        }
      });
      if (source.destroyed) fail(source.errored ?? new Error('the connection was closed'));
      else listen();
    });
  } finally {
    rest();
  }
  settings.onEnd();
  await gatherer.finish();
}
