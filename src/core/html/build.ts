import type { StartTag } from './in-body.js';
import { endTag, startTag } from './in-table.js';
import * as tags from './tags.js';
import { Tokens } from './tokens.js';
import type { Tree } from './tree.js';

/** Builds the tree of a page by the rules of browsers, whatever its author left open, crossed or forgot. */
export function build(tree: Tree, html: string): void {
  const tokens = new Tokens(html);
  for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
    switch (token.kind) {
      case 'doctype':
        if (/^<!doctype\s+html\b/iu.test(token.text) && tree.page.childNodes.length === 0) tree.quirks = false;
        break;
      case 'text':
        text(tree, token.text);
        break;
      case 'start':
        start(tree, token, tokens);
        break;
      case 'end':
        end(tree, token.name);
        break;
    }
  }
}

function start(tree: Tree, tag: StartTag, tokens: Tokens): void {
  const { open } = tree;
  const { name } = tag;
  if (isForeign(tree) && startForeign(tree, tag)) return;
  const head = open.last('head');
  if (head !== -1 && !tags.HEAD.has(name) && name !== 'head' && name !== 'html') open.cut(head);
  startTag(tree, tag, () => start(tree, tag, tokens));
  if (open.current.rawTagName !== name || open.current.childNodes.length > 0 || isForeign(tree)) return;
  if (name === 'plaintext') {
    tree.text(tokens.rest().replaceAll('&', '&amp;'));
    return;
  }
  if (!tags.RAW.has(name)) return;
  const content = tokens.raw(name);
  if (!tags.UNREAD.has(name))
    tree.text(name === 'title' || name === 'textarea' ? content : content.replaceAll('&', '&amp;'));
  open.pop();
}

function end(tree: Tree, name: string): void {
  const { open } = tree;
  if (tree.foreign.has(open.current) && endForeign(tree, name)) return;
  const head = open.last('head');
  if (head !== -1 && (name === 'head' || name === 'body' || name === 'html')) {
    open.cut(head);
    return;
  }
  endTag(tree, name, () => end(tree, name));
}

function text(tree: Tree, content: string): void {
  const { open } = tree;
  const isBlank = !/[^\s]/u.test(content);
  if (isForeign(tree)) {
    tree.text(content);
    return;
  }
  const head = open.last('head');
  if (head !== -1 && !isBlank && open.current.rawTagName !== 'title') open.cut(head);
  if (open.mode === 'select') {
    tree.text(content);
    return;
  }
  if (open.mode === 'columns') {
    if (isBlank) {
      tree.text(content);
      return;
    }
    open.end('colgroup');
  }
  const foster = tags.FOSTERS.has(open.current.rawTagName);
  if (foster && isBlank) {
    tree.text(content);
    return;
  }
  tree.reopenFormatting(foster);
  tree.text(content, foster);
}

/** Whether the innermost element is part of a drawing or a formula, and takes no HTML. */
function isForeign({ open, foreign }: Tree): boolean {
  const kind = foreign.get(open.current);
  return kind !== undefined && !tags.INTEGRATION[kind].has(open.current.rawTagName);
}

function startForeign(tree: Tree, { name, attributes, selfClosing }: StartTag): boolean {
  const { open, foreign } = tree;
  if (tags.BREAKOUT.has(name)) {
    while (isForeign(tree)) open.pop();
    return false;
  }
  const element = tree.insert(name, attributes, false, foreign.get(open.current));
  if (selfClosing && open.current === element) open.pop();
  return true;
}

function endForeign({ open, foreign }: Tree, name: string): boolean {
  if (name === 'br' || name === 'p') {
    while (foreign.has(open.current)) open.pop();
    return false;
  }
  if (!open.has(name)) return false;
  for (let index = open.depth - 1; index > 0 && foreign.has(open.at(index)); index -= 1) {
    if (open.at(index).rawTagName !== name) continue;
    open.cut(index);
    return true;
  }
  return false;
}
