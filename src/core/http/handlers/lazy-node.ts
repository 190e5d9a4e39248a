import { lazy } from '../../util/lazy.js';
import type { NodeWire } from './handler.js';

type WireModule = Pick<typeof import('./node.js'), 'createNodeWire'>;

const wireModule = lazy(() => import('./node.js'));

/** The wire for transfers, loaded with the first of them. */
export function lazyNodeWire(loadModule: () => Promise<WireModule> = wireModule): NodeWire {
  let closed = false;
  const made = lazy(async () => {
    const wire = (await loadModule()).createNodeWire();
    if (closed) wire.close();
    return wire;
  });
  let begun = false;
  const load = (): ReturnType<typeof made> => {
    begun = true;
    return made();
  };
  return {
    load: () => void load().catch(() => undefined),
    send: async (url, request) => (await load()).send(url, request),
    close: () => {
      closed = true;
      if (!begun) return;
      made().then(
        (wire) => {
          wire.close();
        },
        () => undefined,
      );
    },
  };
}
