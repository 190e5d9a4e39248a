import { afterEach, describe, expect, test, vi } from 'vitest';
import { Formatting } from '../../../../src/core/html/formatting.js';
import { OpenElements } from '../../../../src/core/html/open-elements.js';
import { parsePage } from '../../../../src/core/html/page.js';

const TAGS = 500;
/** Elements are nested no deeper than about this. */
const DEEP = 520;

/** How often an open element is looked at while a page is read. */
async function looks(html: string): Promise<number> {
  const at = vi.spyOn(OpenElements.prototype, 'at');
  await parsePage(html);
  const { length } = at.mock.calls;
  at.mockRestore();
  return length;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a tag costs the same however deep it stands', () => {
  test.each([
    ['end tags that nothing has opened', '<span>'.repeat(DEEP), '</x>'],
    ['ends of paragraphs that nothing has opened', '<span>'.repeat(DEEP), '</p>'],
    ['ends of formatting that nothing has opened', '<span>'.repeat(DEEP), '</b>'],
    ['end tags in a drawing', `<svg>${'<g>'.repeat(DEEP)}`, '</x>'],
    ['parts of a drawing', '<svg>', '<g>'.repeat(2)],
    ['elements that are never closed', '', '<div>'.repeat(2)],
    ['text', '<span>'.repeat(DEEP), 'x<wbr>'],
    ['options of a list', `${'<span>'.repeat(DEEP - 20)}<select>`, '<option>x'],
    ['paragraphs', '<span>'.repeat(DEEP - 20), '<p>x</p>'],
    ['blocks', '<span>'.repeat(DEEP - 20), '<div></div>'],
  ])('%s', async (_, start, part) => {
    const more = (await looks(start + part.repeat(TAGS))) - (await looks(start));
    expect(more).toBeLessThan(40 * TAGS);
  });
});

describe('what is nested too deep to be opened leaves no mark behind', () => {
  test.each([
    ['objects', '<object>'],
    ['cells', '<table><td>'],
    ['captions', '<table><caption>'],
  ])('%s', async (_, part) => {
    const mark = vi.spyOn(Formatting.prototype, 'mark');
    await parsePage(part.repeat(4 * DEEP));
    expect(mark.mock.contexts[0]).toHaveProperty(
      'length',
      expect.toSatisfy((length: number) => length <= DEEP),
    );
  });
});
