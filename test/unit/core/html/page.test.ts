import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePage, type HtmlNode } from '../../../../src/core/html/page.js';
import { ours, witness } from './parse5.js';
import { runs } from '../../../support/full.js';

const ATTRIBUTES = ['name', 'value', 'href', 'type', 'id', 'checked'];
const TAGS =
  'div p a b i span form table tbody tr td th thead tfoot caption colgroup col select option optgroup input button textarea ul li h1 h2 label br img hr dl dt dd font nobr script title pre fieldset body html head center'.split(
    ' ',
  );
const PIECES = [
  ...['x', 'y ', ' ', '&amp;', '&nbsp', '&copy', '< ', '</ >', '<!-- c -->', '<!doctype html>', '<br/>'],
  ...['<input type=hidden name=h>', '<a href=one>', '<form id=f>', '<svg><path/><g></svg>', '<math><mi>x</mi></math>'],
];
const soup = fc.array(
  fc.oneof(
    fc.constantFrom(...TAGS).map((tag) => `<${tag}>`),
    fc.constantFrom(...TAGS).map((tag) => `</${tag}>`),
    fc
      .constantFrom(...TAGS)
      .map((tag) => `<${tag.toUpperCase()} NAME=${tag} name=other value='a"b' href="?a=1&copy=2&amp;b" checked>`),
    fc.constantFrom(...PIECES),
  ),
  { maxLength: 30 },
);

/** A page as people write it, with a form in tables, lists and links. */
const ROWS = ['one', 'two', 'three'].map(
  (name) =>
    `<tr class="row"><td><input type="checkbox" name="${name}_check" checked=""></td><td><a href="/x/${name}?a=1&amp;b=2">${name}</a></td><td><select name="${name}"><option value="1">1(400.0nm)</option><option value="2" selected="">2(401.0nm)</option></select></td></tr>`,
);
const PAGE = `<!DOCTYPE html><html><head><title>T</title></head><body><div class="outer"><h1>Order</h1><form action="progress" id="f"><p>Masks</p><div><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>${ROWS.join('')}</tbody></table></div><ul><li><b>one</b></li><li><a href="two">two</a></li></ul><input type="hidden" name="project" value="P"><textarea name="t">a &amp; b</textarea><button type="submit" name="go">Go</button></form><p>Last</p></div></body></html>`;
const PARTS = PAGE.split(/(?=<)/u);
const broken = fc
  .array(fc.record({ at: fc.nat(PARTS.length - 1), how: fc.nat(5) }), { minLength: 1, maxLength: 12 })
  .map((breaks) => {
    const parts = [...PARTS];
    for (const { at, how } of breaks) {
      const part = parts[at] ?? '';
      const swap = parts[at + 1] ?? '';
      if (how === 0) parts[at] = part.replace(/^<\/[^>]*>/u, '');
      else if (how === 1) parts[at] = part.replace(/^<[^>]*>/u, (tag) => tag.toUpperCase());
      else if (how === 2) parts[at] = part.replace(/="([^"\s&>]+)"/gu, '=$1');
      else if (how === 3) parts[at] = `${part}</div>`;
      else if (how === 4) parts[at] = part.replace('&amp;', '&').replace('>', '/>');
      else parts.splice(at, 2, swap, part);
    }
    return parts.join('');
  });

const same = async (html: string): Promise<void> => {
  expect(ours(await parsePage(html), ATTRIBUTES), html).toEqual(witness(html, ATTRIBUTES));
};

describe('a page is read as the HTML Standard says', () => {
  test('whatever was broken in it', async () => {
    await fc.assert(fc.asyncProperty(broken, same), { numRuns: runs(300) });
  });

  test('whatever tags follow each other', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (parts) => same(`<!DOCTYPE html><html><head></head><body>${parts.join('')}`)),
      { numRuns: runs(700) },
    );
  });

  test.each([
    ['a table that holds the end of the div around it', '<div><table><tr><td>1</div><td>2</table>3</div>'],
    ['rows and cells without ends', '<table><tr><td>1<td>2<tr><td>3</table>'],
    [
      'options and items without ends',
      '<select><option>1<option selected>2</select><ul><li>a<li>b<ul><li>c</ul><li>d</ul>',
    ],
    ['text between the rows', '<table>a<tr>b<td>c</td>d</tr></table>'],
    ['upper case, no quotes, a slash', '<TABLE><TR><TD CLASS=x>1</TD></TR></TABLE><INPUT NAME=a VALUE=50.3/>'],
    ['attributes twice', '<input name="a" value="" NAME="b" Value="x">'],
    ['a quote too many', '<input type="file" name="file" value"" checked><p>on'],
    ['an apostrophe in a bare value', "<a href=it's title=x>y</a><p>on"],
    ['a tag that the page cuts off', '<p>one</p><input name="a" value="b'],
    ['a comment that is never closed', '<p>one</p><!-- two <p>three'],
    ['links in links', '<a href="1">one<a href="2">two</a></a>'],
    ['a link across blocks', '<a href="1">one<div>two</a>three</div>'],
    ['a table in a paragraph, without a doctype', '<p>one<table><td>2</table>'],
    ['entities without semicolon', '<p>a &lt b &nbsp c &amp d &notit; e</p><a href="?x=1&copy=2&lt=3">l</a>'],
    ['a script that speaks of tags', '<script>if (a < b) document.write("<td>");</script><p>one'],
    ['a field that holds tags', '<textarea name="a"><p>not one</textarea><p>one'],
    ['a nested form', '<form id=a><input name=x><form id=b><input name=y></form><input name=z></form>'],
  ])('%s', async (_, html) => {
    await same(html);
    await same(`<!DOCTYPE html><html><body>${html}</body></html>`);
  });
});

describe('a control belongs to the form', () => {
  const names = (form: HtmlNode | undefined): string[] => (form?.controls ?? []).map((one) => one.attr('name') ?? '');

  test.each([
    [
      'that stands around it',
      '<form id=f><input name=a><p><select name=b></select></p></form><input name=c>',
      ['a', 'b'],
    ],
    [
      'that was left open',
      '<div><form id=f><input name=a></div><p><input name=b></p><textarea name=c></textarea>',
      ['a', 'b', 'c'],
    ],
    [
      'that a table has emptied',
      '<table><form id=f><tr><td><input name=a></td></tr></form></table><input name=b>',
      ['a'],
    ],
    ['that it names', '<input name=a form=f><form id=f><input name=b><input name=c form=other></form>', ['a', 'b']],
    ['that a nested form does not replace', '<form id=f><form id=g><input name=a></form><input name=b>', ['a']],
  ])('%s', async (_, html, expected) => {
    expect(names((await parsePage(html)).first('form'))).toEqual(expected);
  });
});

describe('a page that is meant to hurt', () => {
  test.each([
    ['elements that are never closed', '<b><p>'.repeat(20_000)],
    ['formatting that is opened again and again', '<font size=1><p>'.repeat(20_000)],
    ['cells without a table', '<td><tr>'.repeat(20_000)],
    ['signs without tags', '<'.repeat(200_000)],
    ['quotes that are never closed', '<a b="'.repeat(20_000)],
    ['one attribute after the other', `<a ${'b '.repeat(100_000)}`],
  ])('is read nevertheless: %s', async (_, html) => {
    const page = await parsePage(`${html}</table></div><input name="end">`);
    expect(page.text).toBeTypeOf('string');
  });
});
