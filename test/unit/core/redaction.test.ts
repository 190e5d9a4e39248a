import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeExcerpt } from '../../../src/core/http/errors.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import type { Transport } from '../../../src/core/http/transport.js';
import type { SdcError } from '../../../src/errors.js';
import { runs } from '../../support/full.js';
import { rejection } from '../../support/rejection.js';
import { makeTransport } from '../../support/transport.js';

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const form = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).toLowerCase().includes('%')
    ? encodeURIComponent(secret).replace(/%../gu, (hex) => hex.toLowerCase())
    : secret,
  encodeURI(secret),
  form(secret),
  JSON.stringify(secret).slice(1, -1),
  escapeHtml(secret),
  base64(secret),
  base64(secret).replaceAll('+', '-').replaceAll('/', '_'),
  base64(secret).replace(/=+$/u, ''),
];

/** Secrets as people have them, and as they should not. A mark keeps them apart from words of our own. */
const secrets = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 }),
    fc.base64String({ minLength: 4, maxLength: 24 }),
    fc.constantFrom(
      '%2F%25',
      'a&amp;b',
      '"><b>',
      "it's",
      'a b  c',
      '$&$1',
      '(.*)+[',
      '\\n\\',
      'påß wörd',
      '🔑🔑',
      'a/b+c==',
    ),
  )
  .map((text) => `Q${text.replace(/\p{Cc}/gu, 'c')}Zq`);

function expectHidden(secret: string, ...shown: string[]): void {
  for (const text of shown) for (const spelled of spellings(secret)) expect(text).not.toContain(spelled);
}

function everything(error: unknown): string[] {
  const known = error as SdcError;
  return [known.message, String(known.stack), inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
}

/** A text of so many pieces that does not repeat itself. */
function varied(pieces: readonly string[], count: number): string {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return pieces[(state >>> 8) % pieces.length] ?? '';
  }).join('');
}

test.each([
  ['specials', varied(['%', 'a', '&', '<', 'é', '"', '/', 'B'], 9000)],
  ['plain letters', varied('abcdefghijklmnopqrstuvwxyz0123456789'.split(''), 15_000)],
  ['words', varied(['one ', 'two  ', 'three ', 'four '], 2000)],
])('a secret of many kilobytes, of %s, is hidden in every spelling, and costs no error', (_what, secret) => {
  const redactor = new Redactor();
  redactor.addShortLived(secret);
  redactor.addAddress(new URL(`https://x.test/?${new URLSearchParams({ token: `${secret}!` }).toString()}`));
  redactor.add(`${secret}?`);
  for (const spelled of spellings(secret)) {
    const clean = redactor.text(`before ${spelled} after`);
    expect(clean).toMatch(/^before \*{3}.* after$/su);
    // of base64 the characters that hold bits of two pieces are left
    expect(clean.slice(7, -6).replaceAll('*', '').length).toBeLessThan(spelled.length / 50);
  }
});

test('a secret of many words is looked for in one way only, also in a text that holds most of it', () => {
  const secret = Array.from({ length: 50 }, (_, at) => `w${at}`).join(' ');
  const redactor = new Redactor();
  redactor.add(secret);
  const cut = secret.slice(0, -2);
  expect(redactor.text(`${cut}§`)).toBe(`${cut}§`);
  expect(redactor.text(secret.replaceAll(' ', ' \n '))).toBe('***');
});

test('two long secrets that share a part are both hidden whole', () => {
  const part = varied(
    [...Array(26).keys()].map((at) => String.fromCharCode(97 + at)),
    700,
  );
  const redactor = new Redactor();
  redactor.addShortLived(part);
  redactor.add(`x${part}and more`);
  expect(redactor.text(`before ${part} after`)).toBe('before *** after');
  expect(redactor.text(`before x${part}and more after`)).toBe('before *** after');
});

function client(redactor: Redactor, fetch: typeof globalThis.fetch, lines: string[]): Transport {
  const log = (message: string, fields?: Record<string, unknown>): void => {
    lines.push(message, JSON.stringify(fields ?? {}));
  };
  const options = {
    baseUrl: 'https://a.example/',
    fetch,
    logger: { debug: log, info: log, warn: log, error: log },
  };
  return makeTransport(options, { redactor });
}

function failure(transport: Transport, url: string): Promise<unknown> {
  return rejection(transport.json({ op: { name: 'imap.query' }, url }));
}

describe('no secret is ever shown', () => {
  test('of a text, in whatever spelling', () => {
    fc.assert(
      fc.property(secrets, fc.string(), (secret, around) => {
        const redactor = new Redactor();
        redactor.add(secret);
        for (const spelled of spellings(secret)) {
          expectHidden(
            secret,
            redactor.text(`${around} ${spelled} ${around}`),
            redactor.text(`<a title="${spelled}">`),
          );
        }
      }),
    );
  });

  test('of the text of a page, where white space runs together and ends without', () => {
    for (const secret of ['q7"   z9', ' ab  cd ', 'a\t\tb c', '\n lead 1', '   ']) {
      const redactor = new Redactor();
      redactor.add(secret);
      for (const spelled of [secret, secret.replace(/\s+/gu, ' ').trim(), encodeURIComponent(secret)]) {
        if (spelled.trim() === '') continue;
        expect(redactor.text(`<${spelled}>`)).toBe('<***>');
      }
    }
    const redactor = new Redactor();
    redactor.add('  x ');
    expect(redactor.text('a text with x and  x  in it')).toBe('a text with x and*** in it');
  });

  test('of a base64 text that holds it beside something else, as HTTP Basic does', () => {
    const redactor = new Redactor();
    redactor.add('correct-horse-battery');
    for (const user of ['', 'u', 'us', 'use', 'user']) {
      const clean = redactor.text(`Authorization: Basic ${base64(`${user}:correct-horse-battery`)}`);
      const left = /Basic (\S*)/u.exec(clean)?.[1] ?? '';
      expect(left).toContain('***');
      expect(left.length).toBeLessThan(14);
    }
  });

  test('of an address: user info, fragment, and whatever query value is not on the list', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const redactor = new Redactor(['version']);
        const mark = encodeURIComponent(secret);
        const url = `https://${mark}:${mark}@a.example/p?X-Amz-Signature=${mark}&key=${mark}&version=v1#${mark}`;
        expectHidden(
          secret,
          redactor.url(url),
          redactor.text(`see ${url}`),
          redactor.text(`<a href="${escapeHtml(url)}">`),
        );
        expect(redactor.url(url)).toBe('https://a.example/p?X-Amz-Signature=***&key=***&version=v1');
        redactor.add(secret);
        expectHidden(secret, redactor.url(`https://a.example/${mark}/${encodeURI(secret)}?version=${mark}&${mark}=1`));
      }),
    );
  });

  test('of an answer that repeats it: body, headers, content type', async () => {
    await fc.assert(
      fc.asyncProperty(
        secrets,
        fc.constantFrom(200, 302, 400, 401, 403, 404, 409, 429, 500),
        async (secret, status) => {
          const redactor = new Redactor();
          redactor.add(secret);
          const lines: string[] = [];
          const ascii = encodeURIComponent(secret);
          const body = spellings(secret)
            .map((spelled) => `<p title="${spelled}">${spelled}</p> & ${spelled}`)
            .join('\n');
          const transport = client(
            redactor,
            async () =>
              new Response(body, {
                status,
                headers: { 'content-type': `text/${ascii}`, 'x-request-id': ascii, location: `${ascii}:x` },
              }),
            lines,
          );
          const error = await failure(transport, `p?key=${ascii}&version=${ascii}`);
          expectHidden(secret, ...everything(error), ...lines);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('of a redirect to a presigned address, even one that we never knew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.base64String({ minLength: 12, maxLength: 40 }), async (signature) => {
        const secret = `Sig${signature}`;
        const lines: string[] = [];
        const away = `https://s3.example/f?X-Amz-Signature=${encodeURIComponent(secret)}&X-Amz-Security-Token=${encodeURIComponent(secret)}`;
        const fetch = async (url: unknown): Promise<Response> =>
          String(url).startsWith('https://a.')
            ? new Response(null, { status: 302, headers: { location: away } })
            : new Response(`<SignatureProvided>${secret}</SignatureProvided>`, { status: 403 });
        expectHidden(secret, ...everything(await failure(client(new Redactor(), fetch, lines), 'p')), ...lines);
      }),
      { numRuns: runs(40) },
    );
  });

  test('of the failure of a fetch that puts the whole address into its message and causes (trap 5)', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        const redactor = new Redactor();
        redactor.add(secret);
        const lines: string[] = [];
        const fetch = async (url: unknown): Promise<never> => {
          const cause = Object.assign(new Error(`request to ${String(url)} with ${secret} failed`), {
            code: 'ECONNRESET',
            headers: { authorization: secret },
          });
          throw new TypeError(`fetch failed: ${secret}`, { cause });
        };
        const error = await failure(client(redactor, fetch, lines), `p?token=${encodeURIComponent(secret)}`);
        expect((error as SdcError).code).toBe('network');
        expect((error as SdcError).cause).toBeUndefined();
        expectHidden(secret, ...everything(error), ...lines);
      }),
      { numRuns: runs(60) },
    );
  });

  test('when it is cut by the end of the excerpt, or by the tags that the excerpt drops', async () => {
    const secret = 'pass<b>word';
    const redactor = new Redactor();
    redactor.add(secret);
    for (const at of [0, 113, 118, 490, 495]) {
      const fetch = async (): Promise<Response> => new Response(`${'x'.repeat(at)}${secret}`);
      const error = await failure(client(redactor, fetch, []), 'p');
      for (const text of everything(error)) expect(text).not.toMatch(/pass|word/u);
    }
  });
});

describe('what is no secret stays readable', () => {
  test('short values, plain addresses and allow-listed queries', () => {
    const redactor = new Redactor(['version', 'instrument']);
    redactor.add('ab', undefined, '');
    redactor.addShortLived('xy');
    const text = 'ab at https://a.example/p/q?version=v001&instrument=mag, xy; call again.';
    expect(redactor.text(text)).toBe(text);
    expect(redactor.url('not an address?key=1#x')).toBe('not an address');
    expect(redactor.url('//user:word@host')).toBe('//***@host');
  });

  test('the longest secret goes first, and old fleeting ones are forgotten', () => {
    const redactor = new Redactor();
    redactor.add('abc');
    redactor.add('abcdef');
    expect(redactor.text('abcdef abc')).toBe('*** ***');
    for (let at = 0; at < 200; at += 1) redactor.addShortLived(`cookie-${at}-`);
    redactor.addShortLived('cookie-100-');
    for (let at = 200; at < 320; at += 1) redactor.addShortLived(`cookie-${at}-`);
    expect(redactor.text('cookie-0- cookie-100- cookie-319-')).toBe('cookie-0- *** ***');
  });
});

describe('as servers spell it', () => {
  const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  const python = (text: string): string =>
    Array.from(text, (one) => {
      const code = one.codePointAt(0) ?? 0;
      if (code < 0x7f) return one;
      if (code < 0x100) return `\\x${code.toString(16)}`;
      return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
    }).join('');
  const pythonBytes = (text: string): string =>
    Array.from(Buffer.from(text, 'utf8'), (byte) =>
      byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
    ).join('');
  const entities = (text: string, base: 10 | 16): string =>
    Array.from(text, (one) => `&#${base === 16 ? 'x' : ''}${(one.codePointAt(0) ?? 0).toString(base)};`).join('');
  const twice = (text: string): string => encodeURIComponent(encodeURIComponent(text));
  const SPELLED: Readonly<Record<string, (text: string) => string>> = {
    'UTF-8 read as Latin-1': latin1,
    'UTF-8 read as Windows-1252': (text) => new TextDecoder('windows-1252').decode(Buffer.from(text, 'utf8')),
    'Latin-1 read as UTF-8': (text) => new TextDecoder().decode(Buffer.from(text, 'latin1')),
    'a text of Python': (text) => `u'${python(text)}'`,
    'bytes of Python': (text) => `b'${pythonBytes(text)}'`,
    'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)),
    'JSON with escapes, twice': (text) => python(text).replaceAll('\\x', '\\\\u00'),
    'percent signs, twice': twice,
    'named entities': (text) => text.replaceAll('ä', '&auml;').replaceAll('ö', '&ouml;').replaceAll('ß', '&szlig;'),
    'numeric entities': (text) => entities(text, 10),
    'hexadecimal entities': (text) => entities(text, 16),
    'user:password in base64': (text) => Buffer.from(`user:${text}`, 'utf8').toString('base64'),
    'tags between its letters': (text) => Array.from(text).join('<wbr>'),
    'tags between its words': (text) => text.replaceAll(' ', '</td>\n  <td>'),
    'tags, entities and blanks': (text) => Array.from(text, (one) => entities(one, 10)).join('<b> </b>\n'),
  };

  test.each(Object.entries(SPELLED))('%s', (_name, spell) => {
    for (const secret of ['pässwörd-ß', 'correct horse battery', 'Tr0ub4dor&3', 'a/b+c==%!']) {
      const redactor = new Redactor();
      redactor.add(secret);
      const page = redactor.page(`<p>before ${spell(secret)} after</p>`);
      expect(page).toMatch(/^<p>before .*\*{3}.* after<\/p>$/su);
      for (const word of ['sswör', 'horse', 'roub4', 'b+c']) expect(page).not.toContain(word);
      expect(page).not.toContain(spell(secret));
    }
  });

  test('a secret that the limit of an excerpt cuts in two shows no beginning', () => {
    fc.assert(
      fc.property(fc.integer({ min: 440, max: 505 }), fc.constantFrom(' ', '<i>'), (at, separator) => {
        const redactor = new Redactor();
        const secret = ['correct', 'horse', 'battery'].join(' ');
        redactor.add(secret);
        const text = `${'x'.repeat(at)} ${secret.replaceAll(' ', separator)} ${'y'.repeat(80)}`;
        const excerpt = safeExcerpt(text, redactor);
        expect(excerpt.length).toBeLessThanOrEqual(505);
        expect(excerpt).not.toMatch(/corr|horse/u);
      }),
    );
  });

  test('nor does one at the limit of what is read', () => {
    const redactor = new Redactor();
    redactor.add('correct horse battery');
    for (const at of [65_520, 65_530, 131_060]) {
      const text = `${'<br>'.repeat(at / 4)}correct horse battery`;
      expect(safeExcerpt(text, redactor)).not.toMatch(/corr|horse/u);
    }
  });

  test('what is no secret stays readable, also between tags', () => {
    const redactor = new Redactor();
    redactor.add('correct horse battery');
    const page = '<p>a <b>correct</b> horse, a battery &amp; 100 %</p>';
    expect(redactor.page(page)).toBe(page);
  });
});
