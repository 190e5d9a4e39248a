import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { makeAuthority, type Authority } from '../../support/authority.js';
import { forwardProxy } from '../../support/forward-proxy.js';
import { listen } from '../../support/server.js';
import { bundled } from '../transfer/bundle.js';

const run = promisify(execFile);
const REFUSED = { code: 'network', retryable: false };

describe('a server whose certificate is of an authority of its own', () => {
  let program = '';
  let authority: Authority;
  /** Addresses of a server, and of one with the certificate of another host. */
  let trusted = '';
  let ofAnother = '';
  /** A proxy of http in front of the server, and one that is secured itself. */
  const proxies: string[] = [];
  let asked = 0;

  beforeAll(async () => {
    program = await bundled('../core/trust-program.ts');
    authority = makeAuthority();
    const serve = async (name: 'IP:127.0.0.1' | 'DNS:another.example'): Promise<string> => {
      const server = createServer(authority.issue(name), (_request, response) => {
        asked += 1;
        response.end('trusted');
      });
      return `https://${(await listen(server)).host}/`;
    };
    trusted = await serve('IP:127.0.0.1');
    ofAnother = await serve('DNS:another.example');
    const { host } = new URL(trusted);
    const proxy = await forwardProxy({ [host]: Number(new URL(trusted).port) });
    const secured = createTlsServer(authority.issue('IP:127.0.0.1'), (near) => {
      const far = connect(Number(new URL(proxy.url).port), '127.0.0.1');
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    proxies.push(proxy.url, `https://${(await listen(secured)).host}`);
  });

  /** How a small call and a transfer went in a process of their own. */
  async function outcomes(args: readonly string[], env: Record<string, string>, ...flags: string[]): Promise<unknown> {
    const { stdout } = await run(process.execPath, [...flags, program, ...args], {
      env: { PATH: process.env.PATH, ...env },
    });
    return JSON.parse(stdout);
  }

  /** The server by itself, and through each proxy. */
  const ways = (): (readonly string[])[] => [[trusted], ...proxies.map((proxy) => [trusted, proxy])];

  async function expectTrusted(env: Record<string, string>, ...flags: string[]): Promise<void> {
    for (const way of ways()) expect([way, await outcomes(way, env, ...flags)]).toEqual([way, ['trusted', 'trusted']]);
  }

  it('is refused, with what to do about it, and asked nothing', async () => {
    const refused = { ...REFUSED, message: expect.stringContaining('NODE_EXTRA_CA_CERTS') };
    const before = asked;
    for (const way of ways()) expect([way, await outcomes(way, {})]).toEqual([way, [refused, refused]]);
    expect(asked).toBe(before);
  });

  it('is trusted with NODE_EXTRA_CA_CERTS, and so is a secured proxy', async () => {
    await expectTrusted({ NODE_EXTRA_CA_CERTS: authority.path });
  });

  it('is refused all the same where the certificate is that of another host', async () => {
    const refused = expect.objectContaining(REFUSED);
    expect(await outcomes([ofAnother], { NODE_EXTRA_CA_CERTS: authority.path })).toEqual([refused, refused]);
  });

  // Where the system's store is, as OpenSSL finds it.
  const store = (): Record<string, string> => ({ SSL_CERT_FILE: authority.path });

  it('is trusted with --use-system-ca where the system knows the authority', async ({ skip }) => {
    skip(!process.allowedNodeEnvironmentFlags.has('--use-system-ca'), 'this Node.js has no --use-system-ca');
    await expectTrusted(store(), '--use-system-ca');
  });

  it('is trusted with NODE_USE_SYSTEM_CA=1 where the system knows the authority', async ({ skip }) => {
    skip(!readsSystemCa(process.versions.node), 'this Node.js does not read NODE_USE_SYSTEM_CA');
    await expectTrusted({ ...store(), NODE_USE_SYSTEM_CA: '1' });
  });
});

/** As docs/security.md says: 22.19, 24.6 and later. */
function readsSystemCa(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 6) || (major === 22 && minor >= 19);
}

describe.each([
  ['SCC', (options: object) => new SCC(undefined, options)],
  ['ImapClient', (options: object) => new ImapClient(options)],
  ['HmiClient', (options: object) => new HmiClient(options)],
  ['ScopsClient', (options: object) => new ScopsClient(options)],
])('%s', (_name, make) => {
  it.each(['rejectUnauthorized', 'insecure', 'verify', 'strictSSL', 'agent', 'dispatcher'])(
    'has no option %s that switches verification off',
    (name) => {
      expect(() => make({ [name]: false })).toThrow(/unknown option/u);
    },
  );
});
