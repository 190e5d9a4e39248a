import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { resolveClient } from '../../../src/core/config/client.js';
import { env } from '../../../src/core/config/env.js';
import { readYamlFile } from '../../../src/core/config/yaml-file.js';
import { parsePage } from '../../../src/core/html/page.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import { safeLogger } from '../../../src/core/log/logger.js';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { lazySchema } from '../../../src/core/validate/schema.js';
import { toDate } from '../../../src/core/util/dates.js';
import { ConfigError, UnexpectedResponse } from '../../../src/errors.js';
import type { ClientOptions } from '../../../src/types.js';
import { tempDir } from '../../support/temp-dir.js';

const args = new Arguments('op');

describe('dates', () => {
  test.each([
    ['2021-06-01', '2021-06-01T00:00:00.000Z'],
    ['20210601', '2021-06-01T00:00:00.000Z'],
    ['2021-06-01T09:30', '2021-06-01T09:30:00.000Z'],
    ['2021-06-01 09:30:15', '2021-06-01T09:30:15.000Z'],
    ['20210601T093015', '2021-06-01T09:30:15.000Z'],
    ['2021-06-01T09:30:15.5', '2021-06-01T09:30:15.500Z'],
    ['2021-06-01T09:30:15,123456789', '2021-06-01T09:30:15.123Z'],
    ['2021-06-01T09:30:15Z', '2021-06-01T09:30:15.000Z'],
    ['2021-06-01t09:30:15z', '2021-06-01T09:30:15.000Z'],
    ['2021-06-01T09:30:15+02:00', '2021-06-01T07:30:15.000Z'],
    ['2021-06-01T09:30:15-0530', '2021-06-01T15:00:15.000Z'],
    ['2021-06-01T00:30+01', '2021-05-31T23:30:00.000Z'],
    ['2020-02-29', '2020-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(toDate(text, 'x').toISOString()).toBe(iso);
  });

  test.each([
    '',
    'yesterday',
    '2021',
    '2021-6-1',
    '2021-13-01',
    '2021-02-30',
    '2021-02-29',
    '1900-02-29',
    '2021-06-31',
    '2021-06-01T24:00',
    '2021-06-01T09:60',
    '2021-06-01T09:30:60',
    '2021-06-01T09:30+25:00',
    '2021-06-01T09:30+02:60',
    '01.06.2021',
    '2021-06-01T09',
    '0021-06-01',
    ' 2021-06-01',
    '2021-06-01 ',
    '2021-06-01\n',
    '\t2021-06-01T09:30Z',
    '2021-06-01T09:30:15Z\r\n',
    '20210601\u00a0',
  ])('%o is none', (text) => {
    expect(() => toDate(text, 'imap.query: startDate')).toThrow(TypeError);
    expect(() => toDate(text, 'imap.query: startDate')).toThrow(/^imap\.query: startDate is not a valid date: /u);
  });

  test('a Date is copied, an invalid one and other values are refused', () => {
    const date = new Date(0);
    const copy = toDate(date, 'x');
    expect(copy).toEqual(date);
    expect(copy).not.toBe(date);
    expect(() => toDate(new Date(Number.NaN), 'x')).toThrow(TypeError);
    for (const value of [5, null, undefined, {}]) expect(() => toDate(value as never, 'x')).toThrow(TypeError);
  });
});

describe('arguments', () => {
  const refused = (work: () => unknown, type: new (message: string) => Error, message: RegExp): void => {
    expect(work).toThrow(type);
    expect(work).toThrow(message);
  };

  test('a text', () => {
    expect(args.text(' x ', 'file')).toBe(' x ');
    for (const value of ['', '  ', 5, null, undefined])
      refused(() => args.text(value, 'file'), TypeError, /^op: file must be/u);
    for (const value of ['a\nb', 'a\u0000', 'a\u0085b']) refused(() => args.text(value, 'file'), TypeError, /control/u);
    for (const value of ['a\uD83D', '\uDE00b']) refused(() => args.text(value, 'file'), TypeError, /surrogate/u);
    expect(args.text('a\u{1F600}b', 'file')).toBe('a\u{1F600}b');
  });

  test('a whole number', () => {
    expect(args.integer('7', 'day', { min: 1, max: 9 })).toBe(7);
    expect(args.integer(-7, 'day')).toBe(-7);
    for (const value of [1.5, Number.NaN, '', '1.5', ' 5 ', '5\n', '0x5', 2 ** 60, null, {}])
      refused(() => args.integer(value, 'day'), TypeError, /^op: day must be a whole number, got /u);
    refused(() => args.integer(0, 'day', { min: 1 }), RangeError, /1 or more, got 0/u);
    refused(() => args.integer(5, 'day', { max: 4 }), RangeError, /at most 4, got 5/u);
    refused(() => args.integer(5, 'day', { min: 1, max: 4 }), RangeError, /from 1 to 4, got 5/u);
  });

  test('a number', () => {
    expect(args.number(0.5, 'size', { min: 0 })).toBe(0.5);
    for (const value of [Number.NaN, Infinity, '5', undefined])
      refused(() => args.number(value, 'size'), TypeError, /must be a number/u);
    refused(() => args.number(-1, 'size', { min: 0 }), RangeError, /0 or more/u);
  });

  test('one of a list', () => {
    expect(args.oneOf('a', 'kind', ['a', 'b'])).toBe('a');
    refused(
      () => args.oneOf('c'.repeat(200), 'kind', ['a', 'b']),
      TypeError,
      /^op: kind must be one of a, b; got "c{80}"$/u,
    );
  });
});

describe('settings', () => {
  const defaults = { centre: 'imap', baseUrlVariable: 'SDC_TEST_URL', baseUrl: 'https://default.example' } as const;
  const resolve = (options: ClientOptions, own: Parameters<typeof resolveClient>[1] = defaults) =>
    resolveClient(options, own, new Redactor());

  test('an option wins over the environment, that over the default', () => {
    expect(resolve({}).baseUrl.href).toBe('https://default.example/');
    vi.stubEnv('SDC_TEST_URL', 'https://env.example');
    expect(resolve({}).baseUrl.href).toBe('https://env.example/');
    expect(resolve({ baseUrl: 'https://option.example' }).baseUrl.href).toBe('https://option.example/');
    vi.stubEnv('SDC_TEST_URL', '');
    expect(env('SDC_TEST_URL')).toBeUndefined();
    expect(resolve({ baseUrl: '' }).baseUrl.href).toBe('https://default.example/');
  });

  test.each([
    ['http://127.0.0.1:8001', 'http://127.0.0.1:8001/'],
    ['https://a.example/prefix', 'https://a.example/prefix/'],
    ['https://a.example/prefix///', 'https://a.example/prefix/'],
    ['https://a.example/p?x=1#y', 'https://a.example/p/'],
    [new URL('https://a.example/p/'), 'https://a.example/p/'],
  ])('the base URL %s is %s', (given, href) => {
    expect(resolve({ baseUrl: given }).baseUrl.href).toBe(href);
  });

  test.each([
    [{ baseUrl: 'no url' }],
    [{ baseUrl: 'ftp://a.example' }],
    [{ baseUrl: 'https://user:s3cr3t@a.example' }],
    [{ baseUrl: '//user:s3cr3t@a.example?key=s3cr3t' }],
    [{ timeoutMs: 0 }],
    [{ timeoutMs: Number.NaN }],
    [{ idleTimeoutMs: 2 ** 31 }],
    [{ retries: -1 }],
    [{ retries: 1.5 }],
    [{ fetch: 'fetch' as never }],
    [{ userAgent: 'a\nb' }],
    [{ userAgent: '' }],
  ])('%o is a ConfigError that shows no secret', (options) => {
    expect(() => resolve(options)).toThrow(ConfigError);
    expect(() => resolve(options)).not.toThrow(/s3cr3t/u);
    const [name = ''] = Object.keys(options);
    expect(() => resolve(options)).toThrow(new RegExp(name, 'u'));
  });

  test('a base URL that nobody names is a ConfigError that names option and variable', () => {
    expect(() => resolve({}, { centre: 'scops', baseUrlVariable: 'SDC_TEST_URL' })).toThrow(
      /option baseUrl or SDC_TEST_URL/u,
    );
  });

  test('defaults are those of the contract', () => {
    expect(resolve({})).toMatchObject({ timeoutMs: 30_000, idleTimeoutMs: 60_000, retries: 3, centre: 'imap' });
    expect(resolve({}).userAgent).toMatch(/^lab-sdc\/\d+\.\d+\.\d+$/u);
    expect(resolve({ retries: 0 }).retries).toBe(0);
  });
});

describe('a YAML settings file', () => {
  let folder = '';
  beforeEach(() => {
    folder = tempDir();
  });
  const fail = (message: string): Error => new Error(message);

  test('is read, and tells whether others can read it', async () => {
    const path = join(folder, 'a.yaml');
    await writeFile(path, 'user: me\n', { mode: 0o600 });
    expect(await readYamlFile(path, fail)).toEqual({ file: path, data: { user: 'me' }, exposed: false });
    await writeFile(join(folder, 'b.yaml'), 'user: me\n', { mode: 0o644 });
    expect((await readYamlFile(join(folder, 'b.yaml'), fail)).exposed).toBe(true);
  });

  test.each([
    ['a: [', /not valid YAML/u],
    ['- a\n- b', /not hold settings/u],
    ['', /not hold settings/u],
    [`a: ${'x'.repeat(1024 * 1024)}`, /too large/u],
  ])('%.20o is refused', async (text, message) => {
    await writeFile(join(folder, 'a.yaml'), text);
    await expect(readYamlFile(join(folder, 'a.yaml'), fail)).rejects.toThrow(message);
  });

  test('that is missing is named', async () => {
    await expect(readYamlFile('~/no-such-file.yaml', fail)).rejects.toThrow(
      /no-such-file\.yaml cannot be read \(ENOENT\)/u,
    );
  });
});

describe('a logger', () => {
  test('gets every level, redacted, fields too', () => {
    const redactor = new Redactor();
    redactor.add('s3cr3t');
    const lines: unknown[][] = [];
    const log = safeLogger({ info: (...line) => lines.push(line), error: (...line) => lines.push(line) }, redactor);
    log.debug('nobody listens');
    log.info('a s3cr3t');
    log.error('b', {
      text: 's3cr3t',
      url: new URL('https://a.example/?key=x'),
      n: 1,
      yes: true,
      none: null,
      not: undefined,
      error: new Error('s3cr3t'),
      deep: { a: ['s3cr3t'] },
    });
    expect(lines).toEqual([
      ['a ***', undefined],
      [
        'b',
        {
          text: '***',
          url: 'https://a.example/?key=***',
          n: 1,
          yes: true,
          none: null,
          not: undefined,
          error: 'Error: ***',
          deep: '{"a":["***"]}',
        },
      ],
    ]);
  });

  test('that throws or rejects does not disturb, and keeps its this', async () => {
    class Own {
      readonly lines: string[] = [];
      warn(message: string): void {
        this.lines.push(message);
      }
      error(): void {
        throw new Error('broken');
      }
      info(): void {
        return Promise.reject(new Error('broken')) as never;
      }
    }
    const own = new Own();
    const log = safeLogger(own, new Redactor());
    log.warn('a');
    log.error('b');
    log.info('c', { big: 1n });
    log.info('c');
    await new Promise((resolve) => setImmediate(resolve));
    expect(own.lines).toEqual(['a']);
  });

  test('SDC_LOG prints from its level on, and nothing else does', () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0);
    safeLogger(undefined, new Redactor()).error('silent');
    vi.stubEnv('SDC_LOG', 'no level');
    safeLogger(undefined, new Redactor()).error('silent');
    vi.stubEnv('SDC_LOG', 'WARN');
    const log = safeLogger(undefined, new Redactor());
    log.info('no');
    log.warn('yes', { a: 1 });
    log.error('too');
    expect(written).toEqual(['[sdc] warn yes {"a":1}\n', '[sdc] error too\n']);
    safeLogger({}, new Redactor()).error('the own logger wins');
    expect(written).toHaveLength(2);
  });
});

test('a page is read as a browser would', async () => {
  const page = await parsePage(
    '<!-- c --><DIV class="a b" id=x>one &amp;\n  two <b>three</b><script>no</script></DIV><p>last',
  );
  const div = page.first('div.a');
  expect(page.tag).toBe('');
  expect(page.parent).toBeUndefined();
  expect(div?.tag).toBe('div');
  expect(div?.text).toBe('one & two three');
  expect([div?.attr('id'), div?.attr('none'), div?.hasClass('b'), div?.hasClass('c')]).toEqual([
    'x',
    undefined,
    true,
    false,
  ]);
  expect(page.all('b').map((b) => b.parent?.tag)).toEqual(['div']);
  expect(page.first('table')).toBeUndefined();
  expect(page.children.map(({ tag }) => tag)).toEqual(['div', 'p']);
});

describe('a schema', () => {
  const context = { init: { centre: 'imap', operation: 'imap.query' }, what: 'the answer' } as const;

  test('is built at its first use, once', async () => {
    let built = 0;
    const schema = lazySchema((z) => {
      built += 1;
      return z.object({ a: z.string() });
    });
    expect(built).toBe(0);
    expect(await schema.decode({ a: 'x', more: 1 }, context)).toEqual({ a: 'x' });
    await schema.decode({ a: 'y' }, context);
    expect(built).toBe(1);
  });

  test.each([
    [{ rows: [{ id: 1 }, { id: 'x' }] }, '$.rows[1].id'],
    [{ rows: 5 }, '$.rows'],
    ['a bare string', '$:'],
    [null, '$:'],
  ])('names the path of a misfit in %o', async (value, path) => {
    const schema = lazySchema((z) => z.object({ rows: z.array(z.object({ id: z.number() })) }));
    const outcome = schema.decode(value, context);
    await expect(outcome).rejects.toBeInstanceOf(UnexpectedResponse);
    await expect(outcome).rejects.toThrow(`imap.query: the answer has an unexpected shape: ${path}`);
  });
});
