// The same tests of the client once more, with pages that are worse than the real ones; the walk reads a page of each kind.
import { describe, expect, test } from 'vitest';
import { isFull } from '../../support/full.js';
import { served, world } from './kit.js';

describe('with ill-formed pages', async () => {
  served.pages = 'ill-formed';
  await import('./walk.test.js');
  if (isFull)
    await Promise.all([import('./submitting.test.js'), import('./following.test.js'), import('./safety.test.js')]);

  test('the pages are ill formed indeed', async () => {
    const { sim } = world();
    const login = `Basic ${btoa(`${sim.credentials.project}:${sim.credentials.password}`)}`;
    const page = await sim.fetch(`${sim.baseUrl}jobrequest?project=GB13_08&year=2014&day=217`, {
      headers: { authorization: login },
    });
    const html = await page.text();
    expect(html).toContain('<TD></DIV><INPUT');
    expect(html).not.toMatch(/<\/(?:td|tr|option)>/iu);
    expect(html).toMatch(/NAME=f21701_band_start/u);
  });
});
