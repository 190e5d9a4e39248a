// A typedoc plugin: guides are called by their headings, guides and symbols stand under the centre or the subject they belong to,
// types that are derived from a table of words show the words, and headings that are code have an anchor and a name in the contents of their page.
import {
  Application,
  Comment,
  CommentTag,
  Converter,
  LiteralType,
  PageEvent,
  ReflectionKind,
  UnionType,
} from 'typedoc';

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

/** TypeDoc takes anchors and names from the plain text of a heading only: code gets a text of its own, which is not rendered. */
function nameCodeInHeadings(markdown) {
  markdown.core.ruler.push('name_code_in_headings', ({ tokens, Token }) => {
    for (const [at, { type }] of tokens.entries())
      for (const child of type === 'heading_open' ? (tokens[at + 1]?.children ?? []) : [])
        if (child.type === 'code_inline') {
          const text = new Token('text', '', 0);
          text.content = child.content;
          child.children = [text];
        }
  });
}

/** Words of code, such as options and variables, are not broken at their hyphens. */
function keepWords(html) {
  return html.replace(/<code>([^<]+)<\/code>/gu, (whole, code) => {
    if (!/\s/u.test(code)) return code.length > 48 ? whole : `<code class="word">${code}</code>`;
    return `<code>${code.replace(/(?<!\S)--[\w-]+/gu, '<span class="word">$&</span>')}</code>`;
  });
}

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () => app.options.setValue('markdownItLoader', nameCodeInHeadings));
  app.renderer.on(PageEvent.END, (page) => {
    page.contents &&= keepWords(page.contents);
  });
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
