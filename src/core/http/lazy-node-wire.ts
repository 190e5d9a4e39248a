import type { Wire } from './wire.js';

/** The wire for transfers: `node:http(s)`, which neither holds an upload in memory nor costs what web streams cost. */
export interface NodeWire {
  readonly send: Wire;
  /** Loads it for later, beside the first request of any kind. */
  load(): void;
  /** Ends idle and busy connections. */
  close(): void;
}

/** The wire for transfers, loaded with the first of them. */
export function lazyNodeWire(): NodeWire {
  let loaded: Promise<Omit<NodeWire, 'load'>> | undefined;
  let closed = false;
  const load = async (): Promise<Omit<NodeWire, 'load'>> => {
    const wire = (await import('./node-wire.js')).createNodeWire();
    if (closed) wire.close();
    return wire;
  };
  return {
    load: () => {
      if (loaded !== undefined) return;
      const loading = (loaded = load());
      loading.catch(() => {
        if (loaded === loading) loaded = undefined;
      });
    },
    send: async (url, request) => {
      const loading = (loaded ??= load());
      const wire = await loading.catch((error: unknown) => {
        // such as too many open files, which may be fewer the next time
        if (loaded === loading) loaded = undefined;
        throw error;
      });
      return wire.send(url, request);
    },
    close: () => {
      closed = true;
      loaded?.then(
        (wire) => {
          wire.close();
        },
        () => undefined,
      );
    },
  };
}
