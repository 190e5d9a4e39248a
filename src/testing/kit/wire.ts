import { setTimeout as pause } from 'node:timers/promises';
import type { NodeServerResponse } from 'srvx';

/** How a connection breaks. */
export type Break = 'drop' | 'reset';

/** What the client of a broken connection learns. */
export class ConnectionBroken extends Error {
  readonly how: Break;
  constructor(how: Break) {
    super(how === 'reset' ? 'read ECONNRESET' : 'other side closed');
    this.how = how;
  }
}

/** The way by which a request came: it decides how a fault is carried out. */
export interface Wire {
  readonly kind: 'fetch' | 'msw' | 'socket';
  /** Makes sure that what was written so far has left. */
  flush(): Promise<void>;
  /** Breaks the connection; the error is for the stream of the body. */
  cut(how: Break): Promise<ConnectionBroken>;
  /** The coming answer has no length: the end of its connection is its end. */
  endless(): void;
  /** Resolves when the client has gone. */
  readonly gone: Promise<void>;
}

/** A wire without a socket: `fetch` and msw. */
export function softWire(kind: 'fetch' | 'msw', signal: AbortSignal): Wire {
  const gone = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
  return {
    kind,
    gone,
    flush: () => Promise.resolve(),
    cut: (how) => Promise.resolve(new ConnectionBroken(how)),
    endless: () => undefined,
  };
}

/** A wire with a socket: faults act on the connection itself. */
export function socketWire(response: NodeServerResponse): Wire {
  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  const socket = response.socket;
  const flush = async (): Promise<void> => {
    if (!response.headersSent) return;
    if ('flushHeaders' in response) response.flushHeaders();
    while (socket !== null && !socket.destroyed && socket.writableLength > 0) await pause(1);
  };
  const cut = async (how: Break): Promise<ConnectionBroken> => {
    await flush();
    // The client reads what has arrived before the connection ends.
    if (response.headersSent) await pause(10);
    if (how === 'reset' && socket !== null && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else socket?.destroy();
    return new ConnectionBroken(how);
  };
  const endless = (): void => {
    if ('useChunkedEncodingByDefault' in response) response.useChunkedEncodingByDefault = false;
  };
  return { kind: 'socket', gone, flush, cut, endless };
}
