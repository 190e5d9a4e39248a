import { createHash } from 'node:crypto';
import type { Spec } from 'vega';
import { lazy } from '../../core/util/lazy.js';
import { absent } from '../peer.js';

const vega = lazy(() => import('vega').catch(absent('plot', 'vega')));
const sharp = lazy(async () => (await import('sharp').catch(absent('plot', 'sharp'))).default);

/** Draws a specification of Vega. */
export async function svgOf(spec: Spec): Promise<string> {
  const { Error: errorsOnly, parse, View } = await vega();
  const view = new View(parse(spec), { renderer: 'none', logLevel: errorsOnly });
  try {
    return withOwnNames(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega counts what its pictures refer to; here each picture has names of its own, so that several can stand in one page. */
function withOwnNames(svg: string): string {
  const numbers = new Map<string, number>();
  const renamed = (prefix: string): string =>
    svg.replaceAll(/(\sid="|="url\(#)((?:clip|gradient_)\d+)(?=[")])/gu, (_, before: string, name: string) => {
      if (!numbers.has(name)) numbers.set(name, numbers.size + 1);
      return `${before}${prefix}${numbers.get(name) ?? 0}`;
    });
  return renamed(`p${createHash('sha256').update(renamed('')).digest('hex').slice(0, 8)}-`);
}

/** An SVG document as a PNG file of the same size. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const draw = await sharp();
  return draw(Buffer.from(svg)).png().toBuffer();
}

/** Loads what will be needed, so that a package that is missing is reported before anything is read. */
export async function loadLibraries(isPng: boolean): Promise<void> {
  await vega();
  if (isPng) await sharp();
}
