import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import sharp from 'sharp';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;
export type Place = readonly [x: number, y: number];

/** What a picture shows, read from its SVG alone. */
export interface Seen {
  /** The points of each line, in pieces between gaps, as values of the axes. */
  readonly lines: readonly (readonly (readonly Place[])[])[];
  /** The outline of the band of each line that has one. */
  readonly bands: readonly (readonly Place[])[];
  /** Points by themselves. */
  readonly dots: readonly Place[];
  readonly texts: readonly string[];
  /** What stands at each line, or at the colours. */
  readonly legend: readonly string[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  readonly tags: ReadonlySet<string>;
  /** The address of the image in it. */
  readonly image: { readonly href: string; readonly width: number; readonly height: number } | undefined;
  /** The value of a place of an axis, counted in pixels from the corner of the plot. */
  readonly valueAt: (axis: 'x' | 'y', pixel: number) => number;
}

const attribute = ({ attrs }: Element, name: string): string => attrs.find((one) => one.name === name)?.value ?? '';
const isElement = (node: Node): node is Element => 'tagName' in node;

function* elements(node: { childNodes: Node[] }): Generator<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue;
    yield child;
    yield* elements(child);
  }
}

const inClass = (root: Element, name: string): Element[] =>
  [...elements(root)].filter((element) => attribute(element, 'class').split(' ').includes(name));

const textOf = (node: Element): string =>
  node.childNodes.map((child) => ('value' in child ? child.value : isElement(child) ? textOf(child) : '')).join('');
const textsIn = (node: Element): string[] =>
  [...elements(node)].filter(({ tagName }) => tagName === 'text').map(textOf);

const moved = (element: Element): number[] =>
  (/^translate\(([^)]*)\)/u.exec(attribute(element, 'transform'))?.[1] ?? '').split(',').map(Number);

/** Points of a path of `M` and `L`; each `M` begins a piece. */
function piecesOf(path: string): Place[][] {
  return path
    .split('M')
    .filter((piece) => piece !== '')
    .map((piece) => piece.replace('Z', '').split('L').map(pointOf));
}

function pointOf(text: string): Place {
  const [x = Number.NaN, y = Number.NaN] = text.split(',').map(Number);
  return [x, y];
}

/** Linear from one tick to another; what its ticks say is the only thing that is known of an axis. */
function linear(ticks: readonly (readonly [pixel: number, value: number])[]): (pixel: number) => number {
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (first === undefined || last === undefined || ticks.length < 2)
    throw new Error('an axis has fewer than two ticks');
  return (pixel) => first[1] + ((pixel - first[0]) / (last[0] - first[0])) * (last[1] - first[1]);
}

/** Reads a picture. Times of an axis become milliseconds of the day that its title names. */
export function seenIn(svg: string): Seen {
  const [root] = [...elements(parseFragment(svg))];
  if (root?.tagName !== 'svg') throw new Error('this is no SVG');
  const [xAxis, yAxis] = inClass(root, 'role-axis').filter(({ attrs }) =>
    attrs.some(({ name }) => name === 'aria-label'),
  );
  if (xAxis === undefined || yAxis === undefined) throw new Error('there are not two axes');
  const title = (axis: Element): string => inClass(axis, 'role-axis-title').flatMap(textsIn).join('');
  const day = / (\d{4}-\d\d-\d\d)/u.exec(title(xAxis))?.[1] ?? '';
  const number = (text: string): number =>
    /^\d\d:\d\d/u.test(text) ? Date.parse(`${day}T${text}Z`) : Number(text.replace('−', '-').replace(/,/gu, ''));
  const scale = (axis: Element, part: 0 | 1, offset: number): ((pixel: number) => number) => {
    const labels = inClass(axis, 'role-axis-label').flatMap((group) => [...elements(group)]);
    return linear(
      labels
        .filter((one) => attribute(one, 'opacity') !== '0')
        .map((one) => [(moved(one)[part] ?? 0) + offset, number(textOf(one))]),
    );
  };
  // Labels of the upright axis are written three pixels below their tick.
  const [toX, toY] = [scale(xAxis, 0, 0), scale(yAxis, 1, -3)];
  const values = (place: Place): Place => [toX(place[0]), toY(place[1])];
  const paths = (name: string): string[] =>
    inClass(root, name).flatMap((group) => [...elements(group)].map((path) => attribute(path, 'd')));
  const image = [...elements(root)].find(({ tagName }) => tagName === 'image');
  return {
    lines: paths('mark-line').map((path) => piecesOf(path).map((piece) => piece.map(values))),
    bands: paths('mark-area').map((path) => piecesOf(path).flat().map(values)),
    dots: inClass(root, 'mark-symbol')
      .filter((group) => attribute(group, 'class').includes('role-mark'))
      .flatMap((group) => [...elements(group)])
      .map((dot) => values([moved(dot)[0] ?? 0, moved(dot)[1] ?? 0])),
    texts: textsIn(root),
    legend: inClass(root, 'role-legend').flatMap(textsIn),
    xTitle: title(xAxis),
    yTitle: title(yAxis),
    width: Number(attribute(root, 'width')),
    height: Number(attribute(root, 'height')),
    tags: new Set([...elements(root)].map(({ tagName }) => tagName)),
    image:
      image === undefined
        ? undefined
        : {
            href: attribute(image, 'href') || attribute(image, 'xlink:href'),
            width: Number(attribute(image, 'width')),
            height: Number(attribute(image, 'height')),
          },
    valueAt: (axis, pixel) => (axis === 'x' ? toX(pixel) : toY(pixel)),
  };
}

/** Pixels of a PNG file. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of a pixel. */
  at(x: number, y: number): number[];
}

/** The pixels of a PNG file, or of one within a picture. */
export async function pixelsOf(png: Uint8Array | Seen): Promise<Pixels> {
  const bytes = 'lines' in png ? Buffer.from(png.image?.href.split(',')[1] ?? '', 'base64') : Buffer.from(png);
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, at: (x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] };
}
