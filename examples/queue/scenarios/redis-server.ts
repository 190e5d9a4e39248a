// A real redis-server on loopback, with its data on the disk, so that it can be stopped and started again.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Does nothing if it runs. */
  start(): Promise<void>;
  /** Ends it; SIGTERM writes everything to the disk first. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server whose data is in a folder. Further lines of its configuration replace `port`. */
export async function redisServer(
  folder: string,
  configuration: (port: number) => readonly string[] = (port) => [`port ${port}`],
): Promise<RedisServer> {
  const port = await freePort();
  const lines = [
    'bind 127.0.0.1',
    `dir ${folder}`,
    'save ""',
    'appendonly yes',
    'daemonize no',
    ...configuration(port),
  ];
  await writeFile(join(folder, 'redis.conf'), `${lines.join('\n')}\n`);
  let child: ChildProcess | undefined;
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      if (isRunning()) return;
      child = spawn('redis-server', [join(folder, 'redis.conf')], { stdio: ['ignore', 'pipe', 'inherit'] });
      let log = '';
      for await (const chunk of child.stdout ?? []) {
        log += String(chunk);
        if (log.includes('Ready to accept connections')) break;
      }
      if (!log.includes('Ready to accept connections')) throw new Error(`redis-server did not start:\n${log}`);
    },
    stop: async (signal = 'SIGTERM') => {
      if (child === undefined || !isRunning()) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
  await server.start();
  return server;
}

/** An authority of our own and a certificate for `localhost` that it signed. */
export async function certificates(folder: string): Promise<{ ca: string; certificate: string; key: string }> {
  const openssl = async (...args: string[]): Promise<void> => {
    await promisify(execFile)('openssl', args, { cwd: folder });
  };
  const request = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(...request, '-x509', '-days', '2', '-subj', '/CN=Own authority', '-keyout', 'ca.key', '-out', 'ca.pem');
  await openssl(...request, '-subj', '/CN=localhost', '-keyout', 'redis.key', '-out', 'redis.csr');
  await writeFile(join(folder, 'names'), 'subjectAltName=DNS:localhost\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  await openssl('x509', '-req', '-in', 'redis.csr', '-days', '2', ...signed, '-out', 'redis.pem');
  return { ca: join(folder, 'ca.pem'), certificate: join(folder, 'redis.pem'), key: join(folder, 'redis.key') };
}
