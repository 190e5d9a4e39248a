import { GENERATIONS, type HmiGeneration } from './generations.js';

/** What decides which routes there are. */
interface RouteSettings {
  readonly generation: HmiGeneration;
  readonly metaRoute: 'batch' | 'single' | 'absent';
}

/** What a path of the service stands for. */
export type HmiRoute =
  | { readonly kind: 'list'; readonly series: string }
  | { readonly kind: 'file'; readonly series: string; readonly file: string; readonly recnum?: string }
  | { readonly kind: 'meta'; readonly series: string; readonly recnums: string }
  | { readonly kind: 'ui' }
  | { readonly kind: 'ui-redirect' }
  | { readonly kind: 'swagger' };

/** Name of a route, for the `latencyMs` option; `unknown` is everything else. */
export type HmiRouteKind = HmiRoute['kind'] | 'unknown';

/** Reads a path below the base path; the static `meta` wins over a record number, as in Werkzeug. */
export function routeOf(path: string, settings: RouteSettings): HmiRoute | undefined {
  if (path === '/ui/') return { kind: 'ui' };
  if (path === '/ui') return { kind: 'ui-redirect' };
  if (path === '/swagger.json') return { kind: 'swagger' };
  const parts = decodedParts(path);
  const [root, series = '', second, third, ...rest] = parts ?? [];
  if (root !== 'HMI' || rest.length > 0 || parts?.includes('') === true) return undefined;
  if (second === undefined) return series === '' ? undefined : { kind: 'list', series };
  const read = FILE_ROUTES[GENERATIONS[settings.generation].files];
  return read(series, second, third, settings);
}

/** How the rest of a path is read, by the form of the links. */
const FILE_ROUTES = { 'by-time': earlyFile, 'in-one-name': earlyFile, 'in-folders': laterRoute } as const;

function earlyFile(series: string, file: string, extra: string | undefined): HmiRoute | undefined {
  return extra === undefined ? { kind: 'file', series, file } : undefined;
}

function laterRoute(
  series: string,
  second: string,
  third: string | undefined,
  settings: RouteSettings,
): HmiRoute | undefined {
  if (third === undefined) return undefined;
  const meta = GENERATIONS[settings.generation].hasKeywordRoute && settings.metaRoute !== 'absent';
  if (second === 'meta') return meta ? { kind: 'meta', series, recnums: third } : undefined;
  return /^\d+$/.test(second) ? { kind: 'file', series, recnum: second, file: third } : undefined;
}

/** The parts of a path; `undefined` when an escape is broken or hides a slash. */
function decodedParts(path: string): string[] | undefined {
  try {
    const parts = path.slice(1).split('/').map(decodeURIComponent);
    return parts.some((part) => part.includes('/')) ? undefined : parts;
  } catch {
    return undefined;
  }
}
