// The tests that read pages once more, with pages that are worse than the real ones.
import { describe, expect, it } from 'vitest';
import { isFull } from '../../support/full.js';
import { scene, served } from './harness.js';

describe('with ill-formed pages', async () => {
  served.pages = 'ill-formed';
  // Each in a suite of its own, so that what one file sets up, as waits that pass at once, ends with it.
  const alsoWith = (name: string, load: () => Promise<unknown>): void => {
    describe(name, async () => {
      await load();
    });
  };
  alsoWith('listing', () => import('./listing.test.js'));
  if (isFull) alsoWith('operations', () => import('./operations.test.js'));
  alsoWith('products', () => import('./products.test.js'));
  alsoWith('session', () => import('./session.test.js'));
  if (isFull) alsoWith('upload', () => import('./upload.test.js'));

  it('the pages are ill formed indeed', async () => {
    const { sim, scc } = scene();
    const basic = `Basic ${btoa(`${sim.credentials.httpAuthUser}:${sim.credentials.httpAuthPassword}`)}`;
    const form = await fetch(new URL('accounts/login/', sim.baseUrl), { headers: { authorization: basic } });
    const html = await form.text();
    expect(html).toMatch(/<INPUT TYPE=password NAME=password/u);
    expect(html).not.toMatch(/<\/(?:p|body|html)>/iu);
    expect(form.headers.getSetCookie().join('\n')).toContain('csrftoken=');
    await scc.login();
  });
});
