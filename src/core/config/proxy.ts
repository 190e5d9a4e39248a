import { BlockList, isIP, isIPv6 } from 'node:net';
import type { ClientOptions } from '../../types.js';
import type { ProxyFor } from '../http/handlers/handler.js';
import type { Redactor } from '../redact/redactor.js';
import { env } from './env.js';

/** The variables of each scheme, the first that is set wins; as curl and Python's tools read them. */
const VARIABLES = {
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

type Scheme = keyof typeof VARIABLES;

/**
 * Reads which proxies a client uses: the option, else those of the environment, as they are now. An injected `fetch` has its own way,
 * so the environment does not concern it.
 *
 * @param fail - Throws a `ConfigError` with these words.
 * @returns `undefined` where there is no proxy at all.
 */
export function resolveProxy(
  { proxy, fetch }: Pick<ClientOptions, 'proxy' | 'fetch'>,
  fail: (message: string) => never,
  redactor: Redactor,
): ProxyFor | undefined {
  const read = (given: string | URL, source: string): URL => proxyOf(given, source, fail, redactor);
  if (proxy !== undefined && proxy !== false && proxy !== '') {
    if (fetch !== undefined)
      fail(
        'options proxy and fetch cannot be used together: an injected fetch makes its own connections; leave one of them out',
      );
    const always = read(proxy, 'option proxy');
    return () => always;
  }
  if (proxy === false || proxy === '' || fetch !== undefined) return undefined;
  const excepted = exceptions(env('no_proxy') ?? env('NO_PROXY') ?? '');
  if (excepted === 'all') return undefined;
  const proxies = { 'http:': fromEnvironment('http:', read), 'https:': fromEnvironment('https:', read) };
  if (proxies['http:'] === undefined && proxies['https:'] === undefined) return undefined;
  return (url) => (excepted(url) ? undefined : proxies[url.protocol === 'http:' ? 'http:' : 'https:']);
}

function fromEnvironment(scheme: Scheme, read: (given: string, source: string) => URL): URL | undefined {
  for (const name of VARIABLES[scheme]) {
    // In a CGI program the client of the web server sets this one, by a header `Proxy` (httpoxy.org).
    if (name === 'HTTP_PROXY' && env('REQUEST_METHOD') !== undefined) continue;
    const given = env(name);
    if (given !== undefined) return read(given, name);
  }
  return undefined;
}

/** An address of a proxy; without scheme it is one of http, as everywhere. */
function proxyOf(given: string | URL, source: string, fail: (message: string) => never, redactor: Redactor): URL {
  const text = String(given).trim();
  const address = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return fail(`${source} is not a proxy address such as http://proxy.example:3128`);
  const url = new URL(address);
  const login = [decodePercent(url.username), decodePercent(url.password)] as const;
  redactor.add(url.password, login[1]);
  [url.username = '', url.password = ''] = login.map(encodeURIComponent);
  if (/^socks/iu.test(url.protocol))
    return fail(`${source} names a SOCKS proxy, which is not supported; use an http or https proxy`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return fail(`${source} must be an http or https address such as http://proxy.example:3128`);
  return url;
}

/** A percent sign that begins no escape stands for itself. */
function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/giu, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** Which hosts are reached without proxy: names with all below them, addresses, ranges of addresses; each with a port, if one is given. */
function exceptions(text: string): 'all' | ((url: URL) => boolean) {
  const entries = text.split(/[\s,]+/u).filter((entry) => entry !== '');
  if (entries.includes('*')) return 'all';
  const rules = entries.map(ruleOf);
  return (url) => {
    const host = url.hostname.toLowerCase().replace(/^\[|\]$|\.$/gu, '');
    const port = url.port || (url.protocol === 'http:' ? '80' : '443');
    return rules.some((rule) => rule(host, port));
  };
}

function ruleOf(entry: string): (host: string, port: string) => boolean {
  const { range, prefix } = /^\[?(?<range>[\da-f.:]+)\]?\/(?<prefix>\d+)$/iu.exec(entry)?.groups ?? {};
  if (range !== undefined && isIP(range) !== 0) return rangeRule(range, Number(prefix));
  // `host`, `host:port`, `[address]:port`, and an IPv6 address as it is, whose colons are its own.
  const { name: given = entry, port: wanted } = isIPv6(entry)
    ? {}
    : (/^\[?(?<name>.*?)\]?(?::(?<port>\d+))?$/u.exec(entry)?.groups ?? {});
  const name = given.toLowerCase().replace(/^\*?\.|\.$/gu, '');
  return (host, port) =>
    (wanted === undefined || wanted === port) && (isSameHost(host, name) || host.endsWith(`.${name}`));
}

function isSameHost(host: string, name: string): boolean {
  if (host === name) return true;
  if (isIP(name) === 0 || isIP(host) === 0) return false;
  return rangeRule(name, isIPv6(name) ? 128 : 32)(host);
}

function rangeRule(address: string, prefix: number): (host: string) => boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (prefix > (family === 'ipv6' ? 128 : 32)) return () => false;
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return (host) => isIP(host) !== 0 && list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
