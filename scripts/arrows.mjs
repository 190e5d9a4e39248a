// Which part of src may import what: ESLint and the test of the graph of the sources both ask here.

import { posix } from 'node:path';

/** The centres, each in a folder of its own; test/unit/house/centres.test.ts says where else a centre has its place. */
export const ROOMS = ['scc', 'imap', 'hmi', 'scops'];

/** Only these files may use what is dangerous to scatter. */
export const OWNERS = {
  ky: 'core/http/handlers/fetch.ts',
  'tough-cookie': 'core/session/jar.ts',
  'fetch-cookie': 'core/session/jar.ts',
  'node-html-parser': 'core/html/',
  'p-retry': 'core/retry/repeat.ts',
};

const BASE = ['errors.ts', 'types.ts'];
const COOKIES_AND_HTML = ['core/session/jar.ts', 'core/session/session.ts', 'core/html/'];
const doors = (...names) => ROOMS.flatMap((room) => names.map((name) => `${room}/${name}`));
/** Folders behind a door, which is entered in their place. `dist/types` is for the declarations that ship, hence `shared-types`. */
const DOORS = [
  ['errors.ts', 'errors/'],
  ['types.ts', 'shared-types/'],
  ...ROOMS.map((room) => [`${room}/types.ts`, `${room}/types/`]),
];
const roomOf = (name) => ROOMS.find((room) => name.startsWith(`${room}/`));

/** Parts by the beginnings of their paths, the most precise first, and what each may import of ours besides itself. */
const PARTS = [
  { part: 'errors.ts', may: ['errors/'], why: 'errors.ts imports nothing of ours' },
  { part: 'errors/', may: [], why: 'errors.ts imports nothing of ours' },
  { part: 'types.ts', may: ['shared-types/'], why: 'types.ts imports nothing of ours but errors.ts' },
  { part: 'shared-types/', may: ['errors.ts'], why: 'types.ts imports nothing of ours but errors.ts' },
  { part: 'core/util/', may: BASE, why: 'core/util stands below the rest of core' },
  { part: 'core/', may: BASE, why: 'core knows no centre' },
  ...ROOMS.map((room) => ({ part: `${room}/`, may: ['core/', ...BASE], why: 'a room knows core, and no other room' })),
  { part: 'read/', may: ['core/util/', 'core/files/'], why: 'files are read without any centre' },
  {
    part: 'index.ts',
    may: [...doors('index.ts'), 'core/config/version.ts', ...BASE],
    why: 'the package exports what the rooms export',
  },
  { part: 'testing/', may: [...doors('types.ts'), 'core/util/', ...BASE], why: 'the simulated centres know no client' },
  {
    part: 'cli/',
    may: [...doors('index.ts', 'for-command.ts'), 'read/index.ts', 'testing/', 'core/', ...BASE],
    why: 'the command enters a room by its index.ts, or by its for-command.ts',
  },
];

/**
 * Why a module must not import another or a package; `undefined` where it may. Modules are named by their paths below src.
 *
 * @param {string} from
 * @param {string} to
 */
export function objectionTo(from, to) {
  return to.endsWith('.ts') ? objectionToModule(from, to) : objectionToPackage(from, to);
}

function objectionToModule(from, to) {
  const leadsTo = (beginning) => to.startsWith(beginning);
  const found = PARTS.find(({ part }) => from.startsWith(part));
  if (found === undefined) return 'this part of src has no place among the arrows: see scripts/arrows.mjs';
  if (![found.part, ...found.may].some(leadsTo)) return found.why;
  const passed = DOORS.find(([door, behind]) => leadsTo(behind) && from !== door && !from.startsWith(behind));
  if (passed !== undefined) return `${passed[1]} is entered through ${passed[0]}`;
  return ['imap', 'hmi'].includes(roomOf(from)) && COOKIES_AND_HTML.some(leadsTo)
    ? 'imap and hmi know neither cookies nor HTML'
    : undefined;
}

function objectionToPackage(from, to) {
  const owner = Object.hasOwn(OWNERS, to) ? OWNERS[to] : undefined;
  if (owner !== undefined && !from.startsWith(owner)) return `${to} belongs to ${owner}`;
  if (roomOf(from) === undefined) return undefined;
  if (/^(?:node:)?fs(?:\/|$)|^yauzl$/u.test(to)) return 'the disk is reached through core/files and core/transfer';
  return /^(?:node:)?https?$/u.test(to) ? 'the network is reached through core/http' : undefined;
}

/**
 * What an import of a module stands for: a path below src, or a package without the path in it.
 *
 * @param {string} from
 * @param {string} specifier
 */
function targetOf(from, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier).replace(/\.js$/u, '.ts');
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The same as a rule of ESLint: imports and exports, on demand and of types too. */
export const arrowsRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const [cwd, file] = [context.cwd, context.filename].map((path) => path.replaceAll('\\', '/'));
    const from = posix.relative(`${cwd}/src`, file);
    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      const message = objectionTo(from, targetOf(from, source.value));
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
