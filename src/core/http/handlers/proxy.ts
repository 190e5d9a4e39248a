import type { Agent } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { onAbort } from '../../util/signal.js';

/** The agents of one proxy, for the two schemes of what is reached through it. */
export interface ProxyAgents {
  /** @param once - On a connection of its own, which is not kept. */
  agentFor(url: URL, once: boolean): Agent;
  close(): void;
}

/**
 * Aborts with the request while it waits for its connection; afterwards that may be kept for others. The signal comes as the option
 * `giveUp`, since Node.js takes one named `signal` for itself.
 */
function whileWaiting(options: object): { readonly signal: AbortSignal; readonly release: () => void } {
  const over = new AbortController();
  const given: unknown = Reflect.get(options, 'giveUp');
  const release = onAbort(given instanceof AbortSignal ? given : undefined, () => {
    over.abort();
  });
  return { signal: over.signal, release };
}

// The agents themselves leave a connection to a proxy that does not answer open when its request is aborted.

class PlainAgent extends HttpProxyAgent<string> {
  override async connect(...[request, options]: Parameters<HttpProxyAgent<string>['connect']>): Promise<Socket> {
    const { signal, release } = whileWaiting(options);
    Object.assign(this.connectOpts, { signal });
    return super.connect(request, options).finally(release);
  }
}

class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
    const { signal, release } = whileWaiting(options);
    Object.assign(this.connectOpts, { signal });
    let tunnel: Socket | undefined;
    request.once('proxy', ({ socket }: { readonly socket: Socket }) => (tunnel = socket));
    const secured = await super.connect(request, { ...options, ...identityOf(options.host) }).finally(release);
    // The end of what runs through a tunnel does not end it.
    secured.once('close', () => tunnel?.destroy());
    return secured;
  }
}

/** The agent leaves out the host where it is an address, so that the certificate of a tunnel would have to be that of `localhost`. */
function identityOf(host: string | undefined): Pick<ConnectionOptions, 'checkServerIdentity'> {
  const address = host?.replace(/^\[|\]$/gu, '') ?? '';
  return isIP(address) === 0 ? {} : { checkServerIdentity: (_name, cert) => checkServerIdentity(address, cert) };
}

/**
 * Agents for a proxy. Its login goes as a header, not within the address, which the agents print where `DEBUG` is set.
 */
export function proxyAgents(proxy: URL): ProxyAgents {
  const address = new URL(proxy);
  address.username = '';
  address.password = '';
  const login = proxy.username === '' && proxy.password === '' ? {} : { 'Proxy-Authorization': basic(proxy) };
  const agentsWith = (keepAlive: boolean): { readonly plain: Agent; readonly tunnel: Agent } => {
    const options = { keepAlive, headers: login };
    return { plain: new PlainAgent(address.href, options), tunnel: new TunnelAgent(address.href, options) };
  };
  const kept = agentsWith(true);
  const fresh = agentsWith(false);
  return {
    agentFor: (url, once) => {
      const { plain, tunnel } = once ? fresh : kept;
      return url.protocol === 'https:' ? tunnel : plain;
    },
    close: () => {
      for (const { plain, tunnel } of [kept, fresh]) {
        plain.destroy();
        tunnel.destroy();
      }
    },
  };
}

function basic({ username, password }: URL): string {
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
