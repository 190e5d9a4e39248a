import { afterEach, expect, test, vi } from 'vitest';
import { lazyNodeWire } from '../../../src/core/http/lazy-node-wire.js';

let failures = 0;
vi.mock('../../../src/core/http/node-wire.js', () => ({
  createNodeWire: () => {
    failures -= 1;
    if (failures >= 0) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    return { send: () => Promise.resolve({ status: 200 }), close };
  },
}));
const close = vi.fn();
afterEach(() => {
  close.mockClear();
});

test('a wire that cannot be loaded fails its request only, and its end fails nothing', async () => {
  failures = 2;
  const wire = lazyNodeWire();
  const both = [wire.send('http://x/'), wire.send('http://x/')];
  wire.close();
  for (const one of both) await expect(one).rejects.toThrow('EMFILE');
  await expect(wire.send('http://x/')).rejects.toThrow('EMFILE');
  wire.close();
  expect(close).not.toHaveBeenCalled();
});

test('a wire that could not be loaded is loaded by the next request, and ended', async () => {
  failures = 1;
  const wire = lazyNodeWire();
  await expect(wire.send('http://x/')).rejects.toThrow('EMFILE');
  expect(await wire.send('http://x/')).toEqual({ status: 200 });
  wire.close();
  await vi.waitFor(() => {
    expect(close).toHaveBeenCalledTimes(1);
  });
});
