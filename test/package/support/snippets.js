import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
function fencesOf(text, strip) {
    const fences = [];
    let open;
    text.split('\n').forEach((raw, index) => {
        const line = strip(raw);
        const mark = /^(\s*)```\s*(.*)$/u.exec(line);
        if (mark === null)
            open?.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
        else if (open === undefined)
            open = { info: mark[2] ?? '', line: index + 2, indent: mark[1] ?? '', code: [] };
        else {
            fences.push({ info: open.info, line: open.line, code: open.code.join('\n') });
            open = undefined;
        }
    });
    if (open !== undefined)
        throw new Error(`a code fence has no end: ${text.slice(0, 60)}`);
    return fences;
}
function toSnippets(file, fences) {
    return fences.flatMap(({ info, line, code }, index) => {
        const [language, ...marks] = info.split(/\s+/u);
        if (language !== 'ts' && language !== 'typescript')
            return [];
        const next = fences[index + 1];
        const output = next?.info === 'text output' ? { output: next.code.trim() } : {};
        return [{ file, line, code, runnable: marks.includes('run'), ...output }];
    });
}
function files(root, folder, ending) {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name).replaceAll('\\', '/'))
        .sort();
}
/** Every snippet of the README, the guides, the doc comments, and the examples. */
export function findSnippets(root) {
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
        ...guides.flatMap((file) => toSnippets(file, fencesOf(readFileSync(join(root, file), 'utf8'), (line) => line))),
        ...sources.flatMap((file) => {
            // Only doc comments count; other lines become empty, so that line numbers stay.
            let inComment = false;
            const strip = (line) => {
                if (/^\s*\/\*\*/u.test(line))
                    inComment = true;
                const text = inComment ? line.replace(/^\s*(?:\/\*\*|\*(?!\/) ?|\*\/)/u, '') : '';
                if (line.includes('*/'))
                    inComment = false;
                return text;
            };
            return toSnippets(file, fencesOf(readFileSync(join(root, file), 'utf8'), strip));
        }),
    ];
}
