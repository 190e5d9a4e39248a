import { describe, expect, it } from 'vitest';
import { UnexpectedResponse } from '../../../src/errors.js';
import { text, useSite, WAYS } from './kit.js';

const site = useSite();
const OWN = 'https://sdc.example/api/file';
const call = { op: { name: 'imap.query' }, url: 'file' } as const;

describe.each(WAYS)('a 206 that nobody asked for, of $way', ({ bulk, injected }) => {
  const options = injected ? { fetch: ((...given) => globalThis.fetch(...given)) as typeof fetch } : {};
  const answered = (body: string, range: string | undefined): Promise<{ readonly text: string }> => {
    site.answer(OWN, text(body, { status: 206, headers: range === undefined ? {} : { 'content-range': range } }));
    return site.transport(options).text({ ...call, bulk });
  };

  it.each([['bytes 0-3/9'], ['bytes 5-8/9'], ['bytes 0-3/*'], ['lines 1-2/2'], [undefined]])(
    'is never taken for the whole answer: %s',
    async (range) => {
      const failure = answered('[1, ', range);
      await expect(failure).rejects.toThrow(UnexpectedResponse);
      await expect(failure).rejects.toThrow(/^imap\.query: the server sent only part of its answer/u);
    },
  );

  it('reaches no reader of answers', async () => {
    site.answer(OWN, text('[1, ', { status: 206, headers: { 'content-range': 'bytes 0-3/9' } }));
    const read = (): Promise<never> => Promise.reject(new TypeError('read all the same'));
    await expect(site.transport(options).send({ ...call, bulk }, read)).rejects.toThrow(UnexpectedResponse);
  });

  it('is the answer where it covers the whole', async () => {
    expect((await answered('[1, 2, 3]', 'bytes 0-8/9')).text).toBe('[1, 2, 3]');
  });
});
