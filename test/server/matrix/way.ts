import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { forwardProxy, type ForwardProxy } from '../../support/forward-proxy.js';
import { listen, UNTRUSTED } from '../../support/server.js';
import type { Made } from './scene.js';

/** How clients reach a centre other than at its ports on loopback: by names that a proxy alone knows. */
export interface Way {
  readonly proxy: ForwardProxy;
  /** A name in place of an origin on loopback, with the same port. */
  named(origin: string, service: string): string;
}

/**
 * A way through a proxy, which ends with the test or the file that it is made in.
 *
 * @param scheme - With `https:` the proxy is asked for a tunnel to a host that is secured; nobody vouches for its certificate.
 */
export async function wayThroughProxy(scheme: 'http:' | 'https:'): Promise<Way> {
  const hosts: Record<string, number> = {};
  const ports = new Map<string, number>();
  const proxy = await forwardProxy(hosts);
  const secured = scheme === 'https:' ? await secure(ports) : undefined;
  return {
    proxy,
    named: (origin, service) => {
      const port = Number(new URL(origin).port);
      const host = `${service}-${port}.example`;
      ports.set(host, port);
      hosts[`${host}:${port}`] = secured ?? port;
      return `${scheme}//${host}:${port}`;
    },
  };
}

/** The port of a server that adds TLS to others, byte by byte, so that what breaks there breaks here. */
async function secure(ports: ReadonlyMap<string, number>): Promise<number> {
  const server = createServer(UNTRUSTED, (near) => {
    const far = connect(ports.get(String(near.servername)) ?? 0, '127.0.0.1');
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroySoon());
    near.pipe(far).pipe(near);
  });
  return (await listen(server)).port;
}

/** Gives the services of a centre names, in what is asked of it and in what it answers. */
export function behind({ proxy, named }: Way, made: Made): Made {
  const { origins } = made;
  const names: Record<string, string> = {};
  let site = JSON.stringify(made.site);
  for (const [service, origin] of Object.entries(origins)) {
    const name = named(origin, `${service}.${made.site.centre}`);
    names[service] = name;
    site = site.replaceAll(origin, name);
  }
  // The simulator writes these into its links and redirects.
  Object.assign(origins, names);
  return { ...made, site: { ...(JSON.parse(site) as Made['site']), proxy: proxy.url } };
}
