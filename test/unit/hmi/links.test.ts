import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECT_ORIGINS } from '../../../src/hmi/centre.js';
import { resolveLink, resolveRedirect, type LinkSettings } from '../../../src/hmi/links/resolve-link.js';

const settings = (changes: Partial<LinkSettings> = {}): LinkSettings => ({
  baseUrl: new URL('http://localhost:9001/tunnel/'),
  rebaseUrls: true,
  allowedOrigins: new Set(PROJECT_ORIGINS),
  ...changes,
});
const asIs = settings({ rebaseUrls: false });
const address = (link: string | URL, to = settings()): string => {
  const resolved = resolveLink(link, to);
  return 'url' in resolved ? resolved.url.href : `refused: ${resolved.refused}`;
};

describe('pitfall 13: an absolute link goes through the tunnel', () => {
  it.each([
    [
      'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_182208',
      'http://localhost:9001/tunnel/HMI/sharp_720s/sharp_720s_20151211_182208',
    ],
    [
      'http://cluster-r730-1:8001/HMI/hmi.sharp_720s/5605571/magnetogram.fits',
      'http://localhost:9001/tunnel/HMI/hmi.sharp_720s/5605571/magnetogram.fits',
    ],
    ['https://api.flarecast.eu/some/prefix/HMI/720/a.fits?x=1#top', 'http://localhost:9001/tunnel/HMI/720/a.fits?x=1'],
    ['/HMI/720/a.fits', 'http://localhost:9001/tunnel/HMI/720/a.fits'],
    ['HMI/720/a.fits', 'http://localhost:9001/tunnel/HMI/720/a.fits'],
    ['//evil.example/HMI/720/a.fits', 'http://localhost:9001/tunnel/HMI/720/a.fits'],
    ['http://user:secret@evil.example/HMI/720/a.fits', 'http://localhost:9001/tunnel/HMI/720/a.fits'],
    ['http://localhost:9001/tunnel/HMI/720/a.fits', 'http://localhost:9001/tunnel/HMI/720/a.fits'],
  ])('%s', (link, expected) => {
    expect(address(link)).toBe(expected);
    expect(address(expected)).toBe(expected);
  });

  it.each([
    'http://evil.example/other/x.fits',
    'http://cluster-r730-1:8001/HMI/../../x',
    'http://cluster-r730-1:8001/HMI/%2e%2e/x',
    'http://cluster-r730-1:8001/HMI/a%2f..%2fb',
    'http://cluster-r730-1:8001/HMI/a%5cb',
    'http://cluster-r730-1:8001/HMI/./x',
    'http://cluster-r730-1:8001/HMI\\..\\x',
    'http://cluster-r730-1:8001/HMI/',
    'http://cluster-r730-1:8001/x?y=/HMI/z',
    'ftp://cluster-r730-1/HMI/720/a.fits',
    'file:///HMI/720/a.fits',
    'javascript:/HMI/720/a.fits',
    'http://cluster-r730-1:8001/HMI/720/a\n.fits',
    '',
  ])('%j is refused', (link) => {
    expect(address(link)).toMatch(/^refused: /u);
  });

  it('never leaves the service, whatever a list says', () => {
    const part = fc.constantFrom(
      'HMI',
      '..',
      '.',
      '%2e%2e',
      '%2F',
      'x',
      'http:',
      '@',
      'evil.example',
      '\\',
      '?',
      '#',
      ' ',
      '\t',
      '',
    );
    const text = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(part, { maxLength: 8 }).map((parts) => `http://evil.example/${parts.join('/')}`),
    );
    fc.assert(
      fc.property(text, (link) => {
        const resolved = resolveLink(link, settings());
        if ('url' in resolved) expect(resolved.url.href.startsWith('http://localhost:9001/tunnel/HMI/')).toBe(true);
      }),
    );
  });
});

describe('links as they are', () => {
  it('lead to the base URL and to the project’s own hosts only', () => {
    expect(address('http://cluster-r730-1:8001/HMI/720/a.fits', asIs)).toBe(
      'http://cluster-r730-1:8001/HMI/720/a.fits',
    );
    expect(address('http://localhost:9001/tunnel/HMI/720/a.fits', asIs)).toBe(
      'http://localhost:9001/tunnel/HMI/720/a.fits',
    );
    expect(address('http://evil.example/HMI/720/a.fits', asIs)).toMatch(/refused: .*evil\.example.*allowedOrigins/u);
    expect(address('http://cluster-r730-1:8002/HMI/720/a.fits', asIs)).toMatch(/^refused/u);
    expect(address('http://me:secret@cluster-r730-1:8001/HMI/720/a.fits', asIs)).toMatch(/^refused/u);
    expect(address('HMI/720/a.fits', asIs)).toBe('http://localhost:9001/tunnel/HMI/720/a.fits');
  });

  it('lead to further hosts when those are named', () => {
    const more = settings({ rebaseUrls: false, allowedOrigins: new Set(['http://data.example']) });
    expect(address('http://data.example/HMI/720/a.fits', more)).toBe('http://data.example/HMI/720/a.fits');
  });

  it('lead where a function says, over http only', () => {
    const moved = settings({ rebaseUrls: (link) => link.href.replace('cluster-r730-1:8001', 'mirror.example') });
    expect(address('http://cluster-r730-1:8001/HMI/720/a.fits', moved)).toBe('http://mirror.example/HMI/720/a.fits');
    expect(
      address('http://cluster-r730-1:8001/HMI/720/a.fits', settings({ rebaseUrls: () => 'file:///etc/passwd' })),
    ).toMatch(/^refused/u);
    expect(address('http://cluster-r730-1:8001/HMI/720/a.fits', settings({ rebaseUrls: () => 'http://' }))).toMatch(
      /^refused/u,
    );
    expect(address('http://[', moved)).toMatch(/^refused/u);
  });
});

describe('redirects', () => {
  const from = 'http://localhost:9001/tunnel/HMI/720/a.fits';
  const lead = (location: string, to = settings()): string => {
    const resolved = resolveRedirect(from, location, to);
    return 'url' in resolved ? resolved.url.href : `refused: ${resolved.refused}`;
  };

  it('stay at the service', () => {
    expect(lead('/tunnel/ui/')).toBe('http://localhost:9001/tunnel/ui/');
    expect(lead('b.fits')).toBe('http://localhost:9001/tunnel/HMI/720/b.fits');
    expect(lead('http://cluster-r730-1:8001/HMI/720/b.fits')).toBe('http://localhost:9001/tunnel/HMI/720/b.fits');
  });

  it('are not followed elsewhere', () => {
    expect(lead('http://evil.example/x')).toMatch(/^refused/u);
    expect(lead('http://[')).toMatch(/^refused/u);
    expect(lead('http://evil.example/HMI/720/b.fits', asIs)).toMatch(/^refused/u);
  });
});
