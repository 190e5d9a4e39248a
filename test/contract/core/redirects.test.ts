import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UnexpectedResponse } from '../../../src/errors.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import { ClientCookies } from '../../../src/core/session/jar.js';
import { rejection } from '../../support/rejection.js';
import { redirect, SECRET, text, useSite, WAYS, type Seen } from './kit.js';

const site = useSite();
const OWN = 'https://sdc.example/api/file';
const call = { op: { name: 'imap.download' }, url: 'file' } as const;
/** The one that is intercepted, not that of the moment when this file was loaded. */
const fetchOfNow: typeof fetch = (...given) => globalThis.fetch(...given);
const holdsSecret = ({ headers }: Seen): boolean => [...headers].some(([, value]) => value.includes(SECRET));

describe.each(WAYS)('a redirect of $way', ({ bulk, injected }) => {
  const options = injected ? { fetch: fetchOfNow } : {};

  it.each([
    ['another host', 'https://storage.example/file'],
    ['a host below the own one', 'https://files.sdc.example/file'],
    ['a host whose name begins with the own one', 'https://sdc.example.org/file'],
    ['another port of the own host', 'https://sdc.example:8443/file'],
  ])('to %s carries no credentials', async (_where, address) => {
    site.answer(OWN, redirect(address));
    site.answer(address, text('there'));
    const headers = { cookie: `sid=${SECRET}`, 'x-csrftoken': SECRET, accept: 'text/plain' };
    const { text: body } = await site.transport(options).text({ ...call, bulk, headers });
    expect(body).toBe('there');
    expect(site.seen.map((one) => [one.url, holdsSecret(one)])).toEqual([
      [OWN, true],
      [address, false],
    ]);
    expect(site.seen[1]?.headers.get('accept')).toBe('text/plain');
  });

  it('within the own origin keeps them, up to the fifth', async () => {
    const path = (at: number): string => `https://sdc.example/api/file${at}`;
    site.answer(OWN, redirect(path(1)));
    for (let at = 1; at < 5; at += 1) site.answer(path(at), redirect(`file${at + 1}`));
    site.answer(path(5), text('there'));
    expect((await site.transport(options).text({ ...call, bulk })).text).toBe('there');
    expect(site.seen.map(holdsSecret)).toEqual(Array.from({ length: 6 }, () => true));
  });

  it('from http to https of the same host leaves the origin', async () => {
    site.answer('http://sdc.example/file', redirect('https://sdc.example/file', 301));
    site.answer('https://sdc.example/file', text('there'));
    await site.transport({ ...options, baseUrl: 'http://sdc.example/' }).text({ ...call, bulk });
    expect(site.seen.map(holdsSecret)).toEqual([true, false]);
  });

  it.each([
    ['the own host', 'http://sdc.example/api/file'],
    ['another host', 'http://storage.example/file'],
  ])('from https to plain http of %s is refused, and nothing is sent there', async (_where, address) => {
    site.answer(OWN, redirect(address));
    const error = await rejection(site.transport({ ...options, retries: 2 }).text({ ...call, bulk }));
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(String(error)).toMatch(/from https to plain http/u);
    expect(site.seen.map(({ url }) => url)).toEqual([OWN]);
  });

  it('to plain http is refused also behind another host', async () => {
    site.answer(OWN, redirect('https://storage.example/file'));
    site.answer('https://storage.example/file', redirect('http://storage.example/file'));
    expect(await rejection(site.transport(options).text({ ...call, bulk }))).toBeInstanceOf(UnexpectedResponse);
    expect(site.seen).toHaveLength(2);
  });

  it('to a signed address that fails shows nothing of its signature', async () => {
    const signature = 'X-Amz-Signature=0123456789abcdef';
    site.answer(OWN, redirect(`https://storage.example/file?${signature}`));
    site.answer('https://storage.example/file', text(`denied: ${signature} ${SECRET}`, { status: 403 }));
    const error = await rejection(site.transport(options).text({ ...call, bulk }));
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    expect(shown).toContain('https://storage.example/file');
    expect(shown).not.toContain('0123456789abcdef');
    expect(shown).not.toContain(SECRET);
  });
});

describe('the cookies of a client', () => {
  it('are neither sent to nor taken from another host, not even one below the own', async () => {
    const sent: [string, string | null][] = [];
    const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
      const address = String(url);
      sent.push([address, new Headers(init?.headers).get('cookie')]);
      const cookie = `${address === OWN ? 'sid' : 'theirs'}=${SECRET}; Path=/; Domain=sdc.example`;
      const headers = { 'set-cookie': cookie, location: 'https://files.sdc.example/file' };
      return Promise.resolve(new Response(null, { status: address === OWN ? 302 : 200, headers }));
    };
    const jar = new ClientCookies(new Redactor(), { centre: 'scc', operation: 'scc.login' });
    const transport = site.transport({ fetch }, { wrapHandler: (wire) => jar.wrap(wire) });
    await transport.text(call);
    await transport.text(call);
    const there = ['https://files.sdc.example/file', null];
    expect(sent).toEqual([[OWN, null], there, [OWN, `sid=${SECRET}`], there]);
  });
});
