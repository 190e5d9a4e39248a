import { endInBody, startInBody, type StartTag } from './in-body.js';
import type { Mode } from './open-elements.js';
import * as tags from './tags.js';
import type { Tree } from './tree.js';

type Again = () => void;
type Start = (tree: Tree, tag: StartTag, again: Again) => void;
type End = (tree: Tree, name: string, again: Again) => void;

const CELLS = [...tags.CELLS];
const SECTIONS = [...tags.SECTIONS];

const START: Readonly<Record<Mode, Start>> = {
  body: (tree, tag) => startInBody(tree, tag),
  select: (tree, tag, again) => startInSelect(tree, tag, again),
  cell: (tree, tag, again) => (tags.TABLE_PARTS.has(tag.name) ? endOf(tree, CELLS, again) : startInBody(tree, tag)),
  caption: (tree, tag, again) =>
    tags.TABLE_PARTS.has(tag.name) ? endOf(tree, ['caption'], again) : startInBody(tree, tag),
  columns: (tree, tag, again) => {
    if (tag.name === 'col') tree.add(tag.name, tag.attributes);
    else if (tag.name === 'template') startInBody(tree, tag);
    else endOf(tree, ['colgroup'], again);
  },
  row: (tree, tag, again) => {
    if (tags.CELLS.has(tag.name)) openPart(tree, tag, ['tr'], true);
    else if (tags.TABLE_PARTS.has(tag.name)) endOf(tree, ['tr'], again);
    else startBetween(tree, tag, again);
  },
  section: (tree, tag, again) => {
    if (tag.name === 'tr') openPart(tree, tag, SECTIONS);
    else if (tags.CELLS.has(tag.name)) openMissing(tree, 'tr', SECTIONS, again);
    else if (tags.TABLE_PARTS.has(tag.name)) endOf(tree, SECTIONS, again);
    else startBetween(tree, tag, again);
  },
  table: (tree, tag, again) => {
    const { name } = tag;
    if (name === 'caption') openPart(tree, tag, ['table'], true);
    else if (name === 'colgroup' || tags.SECTIONS.has(name)) openPart(tree, tag, ['table']);
    else if (name === 'col') openMissing(tree, 'colgroup', ['table'], again);
    else if (tags.TABLE_PARTS.has(name)) openMissing(tree, 'tbody', ['table'], again);
    else startBetween(tree, tag, again);
  },
};

const END: Readonly<Record<Mode, End>> = {
  body: (tree, name) => endInBody(tree, name),
  select: (tree, name, again) => endInSelect(tree, name, again),
  cell: (tree, name, again) => {
    if (!tags.TABLE_PARTS.has(name) && name !== 'table') endInBody(tree, name);
    else if (!tree.open.inScope([name], 'table') || name.startsWith('c')) return;
    else endOf(tree, CELLS, tags.CELLS.has(name) ? undefined : again);
  },
  caption: (tree, name, again) => {
    if (name === 'caption') endOf(tree, ['caption']);
    else if (name === 'table') endOf(tree, ['caption'], again);
    else if (!tags.TABLE_PARTS.has(name)) endInBody(tree, name);
  },
  columns: (tree, name, again) => {
    if (name !== 'col') endOf(tree, ['colgroup'], name === 'colgroup' ? undefined : again);
  },
  row: (tree, name, again) => {
    if (name === 'tr') endOf(tree, ['tr']);
    else if (name === 'table') endOf(tree, ['tr'], again);
    else if (!tags.TABLE_PARTS.has(name)) endInBody(tree, name, true);
    else if (tags.SECTIONS.has(name) && tree.open.inScope([name], 'table')) endOf(tree, ['tr'], again);
  },
  section: (tree, name, again) => {
    if (tags.SECTIONS.has(name)) endOf(tree, [name]);
    else if (name === 'table') endOf(tree, SECTIONS, again);
    else if (!tags.TABLE_PARTS.has(name)) endInBody(tree, name, true);
  },
  table: (tree, name) => {
    if (name === 'table') endOf(tree, ['table']);
    else if (!tags.TABLE_PARTS.has(name)) endInBody(tree, name, true);
  },
};

/** A start tag where it stands; `again` reads it once more, after what it has ended or opened. */
export function startTag(tree: Tree, tag: StartTag, again: Again): void {
  START[tree.open.mode](tree, tag, again);
}

/** An end tag where it stands. */
export function endTag(tree: Tree, name: string, again: Again): void {
  END[tree.open.mode](tree, name, again);
}

/** Between the cells: hidden inputs and forms stay, a table ends the one around it, all else goes before the table. */
function startBetween(tree: Tree, tag: StartTag, again: Again): void {
  const { open } = tree;
  const { name, attributes } = tag;
  if (name === 'table') {
    endOf(tree, ['table'], again);
    return;
  }
  if (name === 'script' || name === 'style' || name === 'template') {
    startInBody(tree, tag);
    return;
  }
  if (name === 'input' && /(?:^|\s)type\s*=\s*["']?hidden["'\s/]*(?:$|\s)/iu.test(attributes))
    return void tree.add(name, attributes);
  if (name !== 'form') {
    startInBody(tree, tag, true);
    return;
  }
  if (tree.form !== undefined) return;
  tree.form = tree.insert(name, attributes);
  open.pop();
}

function startInSelect(tree: Tree, tag: StartTag, again: Again): void {
  const { open } = tree;
  const { name, attributes } = tag;
  if (name === 'option' || name === 'optgroup' || name === 'hr') {
    if (open.current.rawTagName === 'option') open.pop();
    if (name !== 'option' && open.current.rawTagName === 'optgroup') open.pop();
    if (name === 'hr') tree.add(name, attributes);
    else tree.insert(name, attributes);
    return;
  }
  if (name === 'select') {
    open.end('select');
    return;
  }
  if (name === 'script' || name === 'template') {
    startInBody(tree, tag);
    return;
  }
  const ends =
    name === 'input' ||
    name === 'keygen' ||
    name === 'textarea' ||
    ((name === 'table' || tags.TABLE_PARTS.has(name)) && isInTable(tree) && !name.startsWith('col'));
  if (!ends) return;
  open.end('select');
  again();
}

function endInSelect(tree: Tree, name: string, again: Again): void {
  const { open } = tree;
  const current = open.current.rawTagName;
  if (name === 'select') {
    open.end('select');
    return;
  }
  if (name === 'option') {
    if (current === 'option') open.pop();
    return;
  }
  if (name === 'optgroup') {
    if (current === 'option' && open.at(open.depth - 2).rawTagName === 'optgroup') open.pop();
    if (open.current.rawTagName === 'optgroup') open.pop();
    return;
  }
  if (name === current && (name === 'script' || name === 'template')) {
    open.pop();
    return;
  }
  const isTable = (name === 'table' || tags.TABLE_PARTS.has(name)) && !name.startsWith('col');
  if (!isTable || !isInTable(tree) || !open.inScope([name], 'table')) return;
  open.end('select');
  again();
}

function isInTable({ open }: Tree): boolean {
  return open.last('table') > open.last('template');
}

/** Opens a part of a table directly in the one that holds it. */
function openPart(tree: Tree, { name, attributes }: StartTag, inside: readonly string[], isMarker = false): void {
  tree.open.clearTo(...inside);
  const element = tree.insert(name, attributes);
  if (isMarker && tree.open.current === element) tree.formatting.mark();
}

/** Opens a part that the page left out. */
function openMissing(tree: Tree, name: string, inside: readonly string[], again: Again): void {
  tree.open.clearTo(...inside);
  tree.insert(name, '');
  again();
}

/** Ends a part of a table, where one is open, and reads the tag again in what is around it. */
function endOf(tree: Tree, names: readonly string[], again?: () => void): void {
  const { open } = tree;
  if (!open.inScope(names, 'table')) return;
  open.end(...names);
  if (names.includes('td') || names.includes('caption')) tree.formatting.clearToMarker();
  again?.();
}
