import { randomUUID } from 'node:crypto';
import type { GeoBounds } from '../types.js';
import type { Projection } from './projection.js';
import { decimal } from './text.js';

/** The mark of an order, and the fields that carry it. */
export interface OrderTag {
  readonly tag: string;
  readonly projString: string;
  /** North, south, east, west. */
  readonly bounds: readonly [string, string, string, string];
}

/**
 * Marks an order, so that its processing folder can be told apart from others of the same day (protocol notes 8.4).
 *
 * The mark goes into the PROJ text, which is ignored unless that projection is chosen; then it is the number of trailing
 * zeros of the bounds, which the status page prints as they were sent.
 */
export function tagOrder(projection: Projection, bounds: GeoBounds): OrderTag {
  const id = randomUUID();
  const plain = [bounds.north, bounds.south, bounds.east, bounds.west].map(decimal);
  if (projection.proj === undefined) return { tag: `sdc-${id}`, projString: `sdc-${id}`, bounds: four(plain) };
  const marked = four(plain.map((text, at) => withZeros(text, Number.parseInt(id.charAt(at), 16) + 1)));
  const [north, south, east, west] = marked;
  return { tag: `${north} ${east} ${south} ${west}`, projString: projection.proj, bounds: marked };
}

function withZeros(text: string, count: number): string {
  return `${text.includes('.') ? text : `${text}.`}${'0'.repeat(count)}`;
}

function four([north = '', south = '', east = '', west = '']: readonly string[]): [string, string, string, string] {
  return [north, south, east, west];
}

/** Whether the details of a status page are those of the order with this tag. */
export function carriesTag(details: Readonly<Record<string, string>> | undefined, tag: string): boolean {
  if (details === undefined || tag === '') return false;
  return details.projstring === tag || (tag.includes(' ') && sameNumbers(details.bounds ?? '', tag));
}

/** The four bounds as they were sent, in whatever order and punctuation they are shown. */
function sameNumbers(shown: string, tag: string): boolean {
  const numbers = (text: string): string => (text.match(/-?[\d.]+/gu) ?? []).sort().join(' ');
  return numbers(shown) === numbers(tag);
}
