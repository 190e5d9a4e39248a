import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadSccSettings, SCC } from '../../../src/scc/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { credentials } from './fake-site.js';

const folder = tempDir();

const settings = async (text: string, mode = 0o600): Promise<string> => {
  const path = join(folder, 'scc_access.yaml');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
};

const complete = `
basic_credentials: ['site', "pass: word"]
website_credentials:
  - me
  - 12345
output_dir: /data/scc
base_url: https://scc.example/
`;

describe('the settings of the Python tool', () => {
  it('are read as that tool wrote them', async () => {
    expect(await loadSccSettings(await settings(complete))).toEqual({
      credentials: { httpAuthUser: 'site', httpAuthPassword: 'pass: word', username: 'me', password: '12345' },
      outputDir: '/data/scc',
      baseUrl: 'https://scc.example/',
    });
  });

  it.each([
    '12345',
    '0123',
    '00',
    '1e5',
    '0x1F',
    '0o17',
    '12345678901234567890',
    '1.50',
    '+7',
    '.5',
    'true',
    'No',
    '2021-06-01',
  ])('keep a password without quotes as it is written: %s', async (password) => {
    const text = `basic_credentials: [site, ${password}]\nwebsite_credentials:\n  - ${password}\n  - ${password} # mine\n`;
    const { credentials: read } = await loadSccSettings(await settings(text));
    expect(read).toEqual({ httpAuthUser: 'site', httpAuthPassword: password, username: password, password });
  });

  it('may leave the rest empty', async () => {
    const { outputDir, baseUrl } = await loadSccSettings(
      await settings('basic_credentials: [a, b]\nwebsite_credentials: [c, d]\noutput_dir:\nbase_url: null\n'),
    );
    expect([outputDir, baseUrl]).toEqual([undefined, undefined]);
  });

  it('are looked for in the home folder', async () => {
    vi.stubEnv('HOME', folder);
    await writeFile(join(folder, '.scc_access.yaml'), complete, { mode: 0o600 });
    expect((await loadSccSettings()).credentials.username).toBe('me');
  });

  it('that others can read are used, with a warning that says what to do and shows no password', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await loadSccSettings(await settings(complete, 0o644));
    expect(warned).toHaveBeenCalledWith(expect.stringMatching(/chmod 600/u), { code: 'SDC_SETTINGS_EXPOSED' });
    expect(JSON.stringify(warned.mock.calls)).not.toContain('pass: word');
    warned.mockClear();
    await loadSccSettings(await settings(complete));
    expect(warned).not.toHaveBeenCalled();
  });

  it.each([
    ['basic_credentials: [a, b]', /lacks website_credentials/u],
    ['website_credentials: [a, b]', /lacks basic_credentials/u],
    ['basic_credentials: a\nwebsite_credentials: [a, b]', /lacks basic_credentials/u],
    ['basic_credentials: [a, ]\nwebsite_credentials: [a, b]', /lacks basic_credentials/u],
    ['basic_credentials: [a, null]\nwebsite_credentials: [a, b]', /lacks basic_credentials/u],
    ['basic_credentials: [a, {secret-word: 1}]\nwebsite_credentials: [a, b]', /lacks basic_credentials/u],
    ['- a\n- b', /not hold settings/u],
    ['a: [secret-word', /not valid YAML/u],
  ])('that read %j are a clear error', async (text, message) => {
    const error: unknown = await rejection(loadSccSettings(await settings(text)));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'config', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('secret-word');
  });

  it('that are not there are a clear error with the path', async () => {
    await expect(loadSccSettings(join(folder, 'nowhere.yaml'))).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/nowhere\.yaml cannot be read \(ENOENT\)/u),
    });
  });
});

describe('the settings of a client', () => {
  it('come from the options, else from the environment, else from defaults', async () => {
    const asked: string[] = [];
    const fetch = async (input: unknown): Promise<Response> => {
      asked.push(new URL(String(input)).origin);
      return new Response('', { status: 401, headers: { 'www-authenticate': 'Basic realm="SCC"' } });
    };
    await new SCC(credentials, { fetch }).login().catch(() => undefined);
    vi.stubEnv('SCC_BASE_URL', 'https://from-environment.test/');
    await new SCC(credentials, { fetch }).login().catch(() => undefined);
    await new SCC(credentials, { fetch, baseUrl: 'https://from-option.test' }).login().catch(() => undefined);
    expect(asked).toEqual(['https://scc.imaa.cnr.it', 'https://from-environment.test', 'https://from-option.test']);
  });

  it('hold the two logins of the environment, read when the client is made', async () => {
    vi.stubEnv('SCC_HTTP_AUTH_USER', 'u');
    vi.stubEnv('SCC_HTTP_AUTH_PASSWORD', 'p');
    vi.stubEnv('SCC_USERNAME', 'me');
    vi.stubEnv('SCC_PASSWORD', 'mine');
    const seen: (string | null)[] = [];
    const scc = new SCC(undefined, {
      fetch: async (_input, init) => {
        seen.push(new Headers(init?.headers).get('authorization'));
        return new Response('', { status: 401, headers: { 'www-authenticate': 'Basic' } });
      },
    });
    vi.stubEnv('SCC_HTTP_AUTH_PASSWORD', 'changed');
    await expect(scc.login()).rejects.toMatchObject({ layer: 'site' });
    expect(seen).toEqual([`Basic ${Buffer.from('u:p').toString('base64')}`]);
  });

  it('that are no texts are refused as such, not as missing, and not shown', () => {
    // @ts-expect-error the types ask for a text
    expect(() => new SCC({ ...credentials, password: 12345 })).toThrow(
      new TypeError('scc.client: password must be a string'),
    );
  });

  it.each([
    [{ baseUrl: 'not a url' }, /baseUrl or SCC_BASE_URL/u],
    [{ baseUrl: 'ftp://scc.test' }, /http or https/u],
    [{ baseUrl: 'https://user:hunter2secret@scc.test' }, /must not contain a user or password/u],
    [{ timeoutMs: 0 }, /timeoutMs/u],
    [{ idleTimeoutMs: Number.NaN }, /idleTimeoutMs/u],
    [{ retries: -1 }, /retries/u],
    [{ userAgent: 'a\nb' }, /userAgent/u],
  ])('that cannot be meant (%j) are refused at once', (options, message) => {
    expect(() => new SCC(credentials, options)).toThrow(message);
    expect(() => new SCC(credentials, options)).not.toThrow(/hunter2secret/u);
    expect(() => new SCC({ ...credentials, httpAuthUser: 'a:b' })).toThrow(/colon/u);
  });
});
