import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One TypeScript example of a guide or of a doc comment. */
export interface Snippet {
  /** File relative to the project. */
  readonly file: string;
  /** Line of its first line of code, 1-based. */
  readonly line: number;
  readonly code: string;
  /** Marked with `run` after the language: it is run against the simulated centres. */
  readonly runnable: boolean;
  /** What it must print, where the next fence is marked `text output`. */
  readonly output?: string;
}

interface Fence {
  readonly info: string;
  readonly line: number;
  readonly code: string;
}

function fencesOf(text: string, strip: (line: string) => string): Fence[] {
  const fences: Fence[] = [];
  let open: { info: string; line: number; indent: string; code: string[] } | undefined;
  text.split('\n').forEach((raw, index) => {
    const line = strip(raw);
    const mark = /^(\s*)```\s*(.*)$/u.exec(line);
    if (mark === null) open?.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    else if (open === undefined) open = { info: mark[2] ?? '', line: index + 2, indent: mark[1] ?? '', code: [] };
    else {
      fences.push({ info: open.info, line: open.line, code: open.code.join('\n') });
      open = undefined;
    }
  });
  if (open !== undefined) throw new Error(`a code fence has no end: ${text.slice(0, 60)}`);
  return fences;
}

function toSnippets(file: string, fences: readonly Fence[]): Snippet[] {
  return fences.flatMap(({ info, line, code }, index) => {
    const [language, ...marks] = info.split(/\s+/u);
    if (language !== 'ts' && language !== 'typescript') return [];
    const next = fences[index + 1];
    const output = next?.info === 'text output' ? { output: next.code.trim() } : {};
    return [{ file, line, code, runnable: marks.includes('run'), ...output }];
  });
}

function files(root: string, folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort();
}

/** Every snippet of the README, the guides, the doc comments, and the examples. */
export function findSnippets(root: string): Snippet[] {
  const guides = ['README.md', ...files(root, 'docs', '.md')];
  const sources = files(root, 'src', '.ts').filter((name) => !name.endsWith('.d.ts'));
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts') && name !== 'demo.ts');
  return [
    ...examples.map((name) => ({
      file: `examples/${name}`,
      line: 1,
      code: readFileSync(join(root, 'examples', name), 'utf8'),
      runnable: true,
    })),
    ...guides.flatMap((file) =>
      toSnippets(
        file,
        fencesOf(readFileSync(join(root, file), 'utf8'), (line) => line),
      ),
    ),
    ...sources.flatMap((file) => {
      // Only doc comments count; other lines become empty, so that line numbers stay.
      let inComment = false;
      const strip = (line: string): string => {
        if (/^\s*\/\*\*/u.test(line)) inComment = true;
        const text = inComment ? line.replace(/^\s*(?:\/\*\*|\*(?!\/) ?|\*\/)/u, '') : '';
        if (line.includes('*/')) inComment = false;
        return text;
      };
      return toSnippets(file, fencesOf(readFileSync(join(root, file), 'utf8'), strip));
    }),
  ];
}
