import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { untilAborted } from '../util/signal.js';
import { Gatherer, type GathererSettings } from './gather.js';

/** How a body is received. */
export interface ReceiveSettings extends Omit<GathererSettings, 'onWaiting'> {
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when the source was silent for too long; ends the attempt. */
  readonly onSilence: () => void;
}

/** How receiving ended. */
export interface Received {
  /** Bytes of this body that are in the file. */
  readonly bytes: number;
  /** What ended it early, if anything did. */
  readonly failure?: { readonly error: unknown; readonly disk: boolean };
}

/**
 * Receives a body into a file. The idle timer runs only while the source is waited for, never while the disk is.
 * Whatever happens, nothing is in flight afterwards, and all that came and was found good is in the file.
 */
export async function receive(source: Readable, settings: ReceiveSettings): Promise<Received> {
  let timer: NodeJS.Timeout | undefined;
  const onWaiting = (waiting: boolean): void => {
    if (waiting && timer !== undefined) timer.refresh();
    else if (waiting) timer = setTimeout(settings.onSilence, settings.idleTimeoutMs);
    else {
      clearTimeout(timer);
      timer = undefined;
    }
  };
  const gatherer = new Gatherer({ ...settings, onWaiting });
  onWaiting(true);
  let failure: { error: unknown; disk: boolean } | undefined;
  try {
    await untilAborted(pipeline(source, gatherer), settings.signal);
  } catch (error) {
    failure = { error, disk: false };
  } finally {
    gatherer.destroy();
    source.destroy();
  }
  try {
    await gatherer.settle();
  } catch (error) {
    failure = { error, disk: true };
  }
  onWaiting(false);
  return { bytes: gatherer.written, ...(failure && { failure }) };
}
