import { adopt } from './adoption.js';
import * as tags from './tags.js';
import type { Token } from './tokens.js';
import type { Tree } from './tree.js';

/** A start tag as the tree takes it. */
export type StartTag = Extract<Token, { kind: 'start' }>;

/** A start tag outside tables and selects; `foster`: it was found in a table, and is moved before it. */
export function startInBody(tree: Tree, tag: StartTag, foster = false): void {
  const { open, formatting } = tree;
  const { name, attributes } = tag;
  if (name === 'html' || name === 'body' || name === 'head') {
    startDocument(tree, tag);
    return;
  }
  if (tags.TABLE_PARTS.has(name) || name === 'frame' || name === 'frameset') return;
  if (tags.HEAD.has(name) && name !== 'noscript') {
    insertEmptyOr(tree, tag, foster);
    return;
  }
  if (name === 'form' && tree.form !== undefined) return;
  endBefore(tree, name);
  if (tags.CLOSES_P.has(name)) {
    if (name === 'xmp') tree.reopenFormatting(foster);
    const element = insertEmptyOr(tree, tag, foster);
    if (name === 'form') tree.form = element;
    return;
  }
  if (name === 'table') {
    if (!tree.quirks) endParagraph(tree);
    tree.insert(name, attributes, foster);
    return;
  }
  if (name === 'a') {
    const before = formatting.last('a');
    if (before !== undefined) {
      adopt(tree, 'a', foster);
      formatting.remove(before);
      if (open.indexOf(before) !== -1) open.remove(open.indexOf(before));
    }
  }
  if (!NEVER_FORMATTED.has(name)) tree.reopenFormatting(foster);
  if (name === 'nobr' && open.inScope(['nobr'])) {
    adopt(tree, 'nobr', foster);
    tree.reopenFormatting(foster);
  }
  const element = insertEmptyOr(tree, tag, foster);
  if (tags.FORMATTING.has(name)) formatting.add(element);
  if (tags.MARKERS.has(name) && open.current === element) formatting.mark();
}

const NEVER_FORMATTED: ReadonlySet<string> = new Set(
  'param source track textarea iframe rb rp rt rtc noembed'.split(' '),
);

function insertEmptyOr(tree: Tree, { name, attributes, selfClosing }: StartTag, foster: boolean) {
  if (tags.VOID.has(name)) return tree.add(name, attributes, foster);
  if (name !== 'svg' && name !== 'math') return tree.insert(name, attributes, foster);
  const element = tree.insert(name, attributes, foster, name);
  if (selfClosing) tree.open.pop();
  return element;
}

/** The page's own frame: once, and at its beginning. */
function startDocument(tree: Tree, { name, attributes }: StartTag): void {
  const { open } = tree;
  const before = open.current.rawTagName;
  const isFirst =
    name === 'html'
      ? open.depth === 1 && !tree.page.childNodes.some((node) => node.rawTagName !== '')
      : before === '' || before === 'html';
  if (isFirst && open.last(name) === -1) tree.insert(name, attributes);
}

/** What a start tag ends first. */
function endBefore(tree: Tree, name: string): void {
  const { open } = tree;
  if (name === 'li') endItem(tree, ['li']);
  if (name === 'dd' || name === 'dt') endItem(tree, ['dd', 'dt']);
  if (tags.CLOSES_P.has(name)) endParagraph(tree);
  if (tags.HEADINGS.has(name) && tags.HEADINGS.has(open.current.rawTagName)) open.pop();
  if (name === 'button' && open.inScope(['button'])) {
    open.endImplied();
    open.end('button');
  }
  if ((name === 'option' || name === 'optgroup') && open.current.rawTagName === 'option') open.pop();
  if ((name === 'rb' || name === 'rtc') && open.inScope(['ruby'])) open.endImplied();
  if ((name === 'rp' || name === 'rt') && open.inScope(['ruby'])) open.endImplied('rtc');
}

function endItem(tree: Tree, names: readonly string[]): void {
  const { open } = tree;
  for (let index = open.depth - 1; index > 0; index -= 1) {
    const { rawTagName } = open.at(index);
    if (names.includes(rawTagName)) {
      open.cut(index);
      return;
    }
    if (tags.SPECIAL.has(rawTagName) && rawTagName !== 'address' && rawTagName !== 'div' && rawTagName !== 'p') return;
  }
}

function endParagraph({ open }: Tree): void {
  if (open.inScope(['p'], 'button')) open.end('p');
}

/** An end tag outside tables and selects. */
export function endInBody(tree: Tree, name: string, foster = false): void {
  const { open, formatting } = tree;
  if (name === 'html' || name === 'body') return;
  if (name === 'br') {
    startInBody(tree, { kind: 'start', name, attributes: '', selfClosing: false }, foster);
    return;
  }
  if (name === 'p') {
    if (!open.inScope(['p'], 'button')) tree.insert('p', '', foster);
    open.end('p');
    return;
  }
  if (name === 'form') {
    endForm(tree);
    return;
  }
  if (tags.FORMATTING.has(name)) {
    if (!adopt(tree, name, foster)) endOther(tree, name);
    return;
  }
  const reached = tags.HEADINGS.has(name) ? [...tags.HEADINGS] : [name];
  if (tags.HEADINGS.has(name) || tags.BLOCKS.has(name) || tags.MARKERS.has(name) || name === 'dd' || name === 'dt') {
    if (!open.inScope(reached)) return;
    open.end(...reached);
    if (tags.MARKERS.has(name)) formatting.clearToMarker();
    return;
  }
  if (name === 'li') {
    if (open.inScope(['li'], 'list')) open.end('li');
    return;
  }
  endOther(tree, name);
}

/** The end of a form closes the form and nothing in it: crossed elements stay open. */
function endForm(tree: Tree): void {
  const { open, form } = tree;
  tree.form = undefined;
  if (form === undefined || !open.hasInScope(form)) return;
  open.endImplied();
  open.remove(open.indexOf(form));
}

function endOther({ open }: Tree, name: string): void {
  if (!open.has(name)) return;
  for (let index = open.depth - 1; index > 0; index -= 1) {
    const { rawTagName } = open.at(index);
    if (rawTagName === name) {
      open.cut(index);
      return;
    }
    if (tags.SPECIAL.has(rawTagName)) return;
  }
}
