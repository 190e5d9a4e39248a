// A typedoc plugin: guides are called by their headings, guides and symbols stand under the centre or the subject they belong to,
// and types that are derived from a table of words show the words.
import { Comment, CommentTag, Converter, LiteralType, ReflectionKind, UnionType } from 'typedoc';

const CENTRES = { scc: 'SCC', imap: 'IMAP', hmi: 'HMI', scops: 'SCOPS' };

/** The group of a guide, by its file. */
function guideGroup(path) {
  const name = path.split('/').at(-1)?.replace(/\.md$/u, '') ?? '';
  if (path.includes('examples/')) return 'Examples';
  return name in CENTRES ? 'Centres' : 'Guides';
}

/** The group of a symbol, by the folder that declares it: `src/scc/…`, `src/testing/scc/…`, `src/errors/…`. */
function symbolGroup(path) {
  const [, testing, room = ''] = /\bsrc\/(testing\/)?([^/.]+)/u.exec(path) ?? [];
  if (room === 'errors') return 'Errors';
  if (room === 'read') return 'Reading files';
  return CENTRES[room] ?? (testing === undefined ? 'All centres' : 'All simulators');
}

function group(reflection, name) {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: name }]));
}

/** Text of the first line, when that is a heading; code marks are dropped, since names are plain text. */
function headingOf(parts) {
  const text = parts.map((part) => part.text).join('');
  return /^\s*# (.+)\n/u.exec(text)?.[1]?.replaceAll('`', '');
}

/** The words of a type alias such as `keyof typeof TABLE`; `undefined` for any other. */
function wordsOf({ checker }, symbol) {
  const node = symbol?.declarations?.find(({ type }) => type !== undefined)?.type;
  if (!node?.getText().includes('typeof ')) return undefined;
  const type = checker.getTypeFromTypeNode(node);
  const isWords = type.isUnion() && type.types.every((one) => one.isStringLiteral());
  return isWords ? type.types.map(({ value }) => value) : undefined;
}

/** @param {import('typedoc').Application} app */
export function load(app) {
  const derived = new Map();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, alias) => {
    const words = alias.kindOf(ReflectionKind.TypeAlias) && wordsOf(context, context.getSymbolFromReflection(alias));
    if (words) derived.set(alias, words);
  });
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    document.name = headingOf(document.content) ?? document.name;
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const [alias, words] of derived) alias.type = new UnionType(words.map((word) => new LiteralType(word)));
    for (const document of project.documents ?? []) {
      document.frontmatter.group = guideGroup(project.files.getReflectionPath(document) ?? '');
    }
    for (const module of project.children ?? []) {
      group(module, 'Reference');
      for (const symbol of module.children ?? []) {
        const declared = symbol.isReference() ? symbol.getTargetReflectionDeep() : symbol;
        group(symbol, symbolGroup(project.getSymbolIdFromReflection(declared)?.packagePath ?? ''));
      }
    }
  });
}
