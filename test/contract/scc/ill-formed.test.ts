// The tests that read pages once more, with pages that are worse than the real ones.
import { describe, expect, it } from 'vitest';
import { isFull } from '../../support/full.js';
import { scene, served } from './harness.js';

describe('with ill-formed pages', async () => {
  served.pages = 'ill-formed';
  await import('./listing.test.js');
  if (isFull) await import('./operations.test.js');
  await import('./products.test.js');
  await import('./session.test.js');
  if (isFull) await import('./upload.test.js');

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
