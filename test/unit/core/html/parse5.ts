// The other reading of a page: parse5 follows the HTML Standard to the letter, and shares no line with ours.
import { parse } from 'parse5';
import type { HtmlNode } from '../../../../src/core/html/page.js';

/** A node as parse5's default tree has it. */
export interface Parse5Node {
  readonly nodeName: string;
  readonly value?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Parse5Node[];
  readonly content?: Parse5Node;
}

/** What a page holds, as a flat list of what is read from pages. */
export type Seen = string[];

const FRAME = new Set(['html', 'head', 'body', '#document']);

export function witness(html: string, names: readonly string[]): Seen {
  const seen: Seen = [];
  walk(parse(html, { scriptingEnabled: false }), seen, names);
  return seen;
}

function walk(node: Parse5Node, seen: Seen, names: readonly string[]): void {
  const children = [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])];
  if (node.nodeName === '#documentType' || (node.nodeName.startsWith('#') && node.nodeName !== '#document')) return;
  const isFrame = FRAME.has(node.nodeName);
  const attributes = (node.attrs ?? [])
    .filter(({ name }) => names.includes(name))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  if (!isFrame) seen.push(`<${node.nodeName.toLowerCase()} ${attributes.join(' ')}> ${textOf(node)}`);
  for (const child of children) walk(child, seen, names);
  if (!isFrame) seen.push('>');
}

function textOf(node: Parse5Node): string {
  const all = (one: Parse5Node): string => {
    if (one.nodeName === '#text') return one.value ?? '';
    if (one.nodeName === 'script' || one.nodeName === 'style') return '';
    if (one.nodeName === 'br') return '\n';
    return [...(one.childNodes ?? []), ...(one.content?.childNodes ?? [])].map(all).join('');
  };
  return all(node).replace(/\s+/gu, ' ').trim();
}

/** The same of a page that we have read. */
export function ours(page: HtmlNode, names: readonly string[]): Seen {
  const seen: Seen = [];
  const each = (node: HtmlNode): void => {
    const isFrame = node.tag === '' || FRAME.has(node.tag);
    const attributes = names
      .flatMap((name) => {
        const value = node.attr(name);
        return value === undefined ? [] : [`${name}=${value}`];
      })
      .sort();
    if (!isFrame) seen.push(`<${node.tag} ${attributes.join(' ')}> ${node.text}`);
    for (const child of node.children) each(child);
    if (!isFrame) seen.push('>');
  };
  each(page);
  return seen;
}
