import { lazy } from '../../util/lazy.js';
import type { NodeHandler } from './handler.js';

type HandlerModule = Pick<typeof import('./node.js'), 'createNodeHandler'>;

const handlerModule = lazy(() => import('./node.js'));

/** The handler for transfers, loaded with the first of them. */
export function lazyNodeHandler(loadModule: () => Promise<HandlerModule> = handlerModule): NodeHandler {
  let closed = false;
  const made = lazy(async () => {
    const handler = (await loadModule()).createNodeHandler();
    if (closed) handler.close();
    return handler;
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
        (handler) => {
          handler.close();
        },
        () => undefined,
      );
    },
  };
}
