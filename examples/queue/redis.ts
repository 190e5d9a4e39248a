// How Redis is reached: REDIS_URL, checked before anything starts, so that a wrong address is an error and not a silence.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Redis } from 'ioredis';

/** Longest time until a wrong address is reported. */
const LIMIT_MS = 5000;

/** How a client of Redis is set up. */
export interface RedisSettings {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: TlsOptions;
  readonly connectTimeout: number;
  readonly retryStrategy: (times: number) => number;
  readonly maxRetriesPerRequest: number | null;
}

/** Redis cannot be used. `exitCode` as the command `sdc` has them: 2 wrong setting, 4 refused login, 75 try later, 1 anything else. */
export class RedisError extends Error {
  override readonly name = 'RedisError';

  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 4 | 75,
  ) {
    super(message);
  }
}

/**
 * REDIS_URL as options: `redis://` or, with TLS, `rediss://user:password@host:port/db`; default the local server. REDIS_CA names a PEM
 * file with the authority that signed the certificate, unless it is a public one. Messages never contain the password.
 *
 * @throws RedisError for an address that cannot be meant.
 */
export function connection(env: NodeJS.ProcessEnv = process.env): RedisSettings {
  const text = env.REDIS_URL ?? 'redis://127.0.0.1:6379';
  const wrong = (what: string): RedisError =>
    new RedisError(`REDIS_URL ${what}; it looks like rediss://user:password@host:6379/0`, 2);
  if (!URL.canParse(text)) throw wrong('is not an address');
  const url = new URL(text);
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw wrong(`begins with ${url.protocol}//`);
  if (url.hostname === '') throw wrong('names no host');
  if (!/^\/?\d*$/u.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw wrong('has more than a database number after the host');
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  return {
    host,
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1)),
    ...(url.username !== '' && { username: decoded(url.username, wrong) }),
    ...(url.password !== '' && { password: decoded(url.password, wrong) }),
    ...(url.protocol === 'rediss:' && {
      tls: {
        ...(isIP(host) === 0 && { servername: host }),
        ...(env.REDIS_CA !== undefined && { ca: authority(env.REDIS_CA) }),
      },
    }),
    connectTimeout: LIMIT_MS,
    // After an outage, look again at least every two seconds; a command gives up after some 100 seconds.
    retryStrategy: (times: number) => Math.min(times * 100, 2000),
    maxRetriesPerRequest: 60,
  };
}

/** For workers: commands wait until Redis is back, however long that takes. */
export const patient = (): RedisSettings => ({ ...connection(), maxRetriesPerRequest: null });

function decoded(text: string, wrong: (what: string) => RedisError): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has a user or password with a % that is not encoded as %25');
  }
}

function authority(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RedisError(`REDIS_CA: ${error instanceof Error ? error.message : String(error)}`, 2);
  }
}

/**
 * Connects once, with login and database, within seconds.
 *
 * @throws RedisError that says what is wrong.
 */
export async function assertReachable(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const options = connection(env);
  const at = `Redis at ${options.host}:${options.port}`;
  let cause: Error | undefined;
  const redis = new Redis({ ...options, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', (error: Error) => (cause ??= error));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  try {
    // A database that does not exist is reported here only: the client would go on with another one.
    await Promise.race([redis.connect().then(() => redis.select(options.db)), late]);
  } catch (error) {
    throw explained(at, cause ?? error);
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

function explained(at: string, error: unknown): RedisError {
  const message = error instanceof Error ? error.message : String(error);
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  if (/^(?:WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid password)/u.test(message))
    return new RedisError(`${at} refuses the login: ${message}; user and password are those of REDIS_URL`, 4);
  if (/^ERR DB index/u.test(message)) return new RedisError(`${at} has no such database: ${message}`, 2);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/u.test(code))
    return new RedisError(
      `${at} has a certificate that is not trusted: ${message}; REDIS_CA names the file of its authority`,
      1,
    );
  if (/SSL|EPROTO/u.test(code))
    return new RedisError(`${at} does not speak TLS: ${message}; rediss:// is with TLS, redis:// without`, 1);
  return new RedisError(`${at} does not answer: ${message}`, 75);
}
