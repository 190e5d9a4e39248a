import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './temp-dir.js';

/** An authority of certificates that no machine knows. */
export interface Authority {
  /** Where its own certificate is. */
  readonly path: string;
  /** A certificate of a server, with its key. */
  issue(name: `DNS:${string}` | `IP:${string}`): { readonly cert: Buffer; readonly key: Buffer };
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes one with openssl; its files are deleted after the test. */
export function makeAuthority(): Authority {
  const folder = tempDir();
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const [path, authorityKey] = [at('authority.pem'), at('authority.key')];
  const isAuthority = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    authorityKey,
    '-out',
    path,
    '-days',
    '2',
    '-subj',
    '/CN=An institute',
    ...isAuthority,
  );
  const by = ['-CA', path, '-CAkey', authorityKey, '-CAcreateserial', '-days', '2'];
  return {
    path,
    issue: (name) => {
      const [key, wish, names, cert] = [at('server.key'), at('server.csr'), at('names'), at('server.pem')];
      writeFileSync(names, `subjectAltName=${name}\n`);
      openssl('req', ...KEY, '-keyout', key, '-out', wish, '-subj', '/CN=A server');
      openssl('x509', '-req', '-in', wish, ...by, '-extfile', names, '-out', cert);
      return { cert: readFileSync(cert), key: readFileSync(key) };
    },
  };
}
