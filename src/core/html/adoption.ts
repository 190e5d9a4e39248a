import type { HTMLElement as Element } from 'node-html-parser';
import { SPECIAL } from './tags.js';
import type { Tree } from './tree.js';

/**
 * The end tag of a formatting element that crosses others: `<a><p></a></p>` ("adoption agency algorithm"). `false` where
 * no such element is open.
 */
export function adopt(tree: Tree, tag: string, foster: boolean): boolean {
  const { open, formatting } = tree;
  if (open.current.rawTagName === tag && !formatting.has(open.current)) {
    open.pop();
    return true;
  }
  for (let round = 0; round < 8; round += 1) {
    const element = formatting.last(tag);
    if (element === undefined) return round > 0;
    const index = open.indexOf(element);
    if (index === -1) {
      formatting.remove(element);
      return true;
    }
    if (!open.hasInScope(element)) return true;
    const block = blockAfter(tree, index);
    if (block === -1) {
      open.cut(index);
      formatting.remove(element);
      return true;
    }
    cross(tree, index, block, foster);
  }
  return true;
}

/** Index of the first open block inside. */
function blockAfter({ open }: Tree, index: number): number {
  for (let at = index + 1; at < open.depth; at += 1) if (SPECIAL.has(open.at(at).rawTagName)) return at;
  return -1;
}

function cross(tree: Tree, index: number, blockIndex: number, foster: boolean): void {
  const { open, formatting } = tree;
  const element = open.at(index);
  const block = open.at(blockIndex);
  let bookmark = formatting.indexOf(element);
  let last: Element = block;
  for (let at = blockIndex - 1, inner = 1; open.at(at) !== element; at -= 1, inner += 1) {
    const node = open.at(at);
    const listed = formatting.indexOf(node);
    if (listed === -1 || inner > 3) {
      if (listed !== -1) formatting.remove(node);
      if (listed !== -1 && listed < bookmark) bookmark -= 1;
      open.remove(at);
      continue;
    }
    const again = tree.copy(node);
    formatting.replace(listed, again);
    open.replace(at, again);
    if (last === block) bookmark = listed + 1;
    tree.move(last, again);
    last = again;
  }
  tree.move(last, open.at(index - 1), foster);
  const again = tree.copy(element);
  again.childNodes = block.childNodes;
  for (const child of again.childNodes) child.parentNode = again;
  block.childNodes = [];
  tree.place(again, block, false);
  const old = formatting.indexOf(element);
  formatting.remove(element);
  formatting.insert(old < bookmark ? bookmark - 1 : bookmark, again);
  open.remove(index);
  open.insert(open.indexOf(block) + 1, again);
}
