import { afterEach, expect, test, vi } from 'vitest';
import type { NodeHandler } from '../../../src/core/http/handlers/handler.js';
import { lazyNodeHandler } from '../../../src/core/http/handlers/handlers.js';

const close = vi.fn();
afterEach(() => {
  close.mockClear();
});

const answer = { status: 200, url: 'http://x/', headers: new Headers(), body: null };

/** A wire whose module cannot be loaded so many times. */
function failing(times: number): NodeHandler {
  let failures = times;
  return lazyNodeHandler(undefined, () => {
    failures -= 1;
    if (failures >= 0)
      return Promise.reject(Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }));
    return Promise.resolve({ createNodeHandler: () => ({ send: () => Promise.resolve(answer), close }) });
  });
}

test('a wire that cannot be loaded fails its request only, and its end fails nothing', async () => {
  const wire = failing(2);
  const both = [wire.send('http://x/'), wire.send('http://x/')];
  wire.close();
  for (const one of both) await expect(one).rejects.toThrow('EMFILE');
  await expect(wire.send('http://x/')).rejects.toThrow('EMFILE');
  wire.close();
  expect(close).not.toHaveBeenCalled();
});

test('a wire that could not be loaded is loaded by the next request, and ended', async () => {
  const wire = failing(1);
  await expect(wire.send('http://x/')).rejects.toThrow('EMFILE');
  expect(await wire.send('http://x/')).toEqual(answer);
  wire.close();
  await vi.waitFor(() => {
    expect(close).toHaveBeenCalledTimes(1);
  });
});
