import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
function packageOf(specifier) {
    const parts = specifier.split('/');
    return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
function target(from, specifier) {
    if (specifier.startsWith('.'))
        return posix.join(posix.dirname(from), specifier);
    return specifier.startsWith('node:') ? specifier : packageOf(specifier);
}
function read(dist, name) {
    const source = ts.createSourceFile(name, readFileSync(join(dist, name), 'utf8'), ts.ScriptTarget.Latest, true);
    const statically = [];
    const onDemand = [];
    let awaitsAtTop = false;
    const visit = (node, inFunction) => {
        if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
            if (ts.isStringLiteral(node.moduleSpecifier))
                statically.push(target(name, node.moduleSpecifier.text));
        }
        if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
            const [specifier] = node.arguments;
            if (specifier !== undefined && ts.isStringLiteral(specifier))
                onDemand.push(target(name, specifier.text));
        }
        if (!inFunction &&
            (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))) {
            awaitsAtTop = true;
        }
        ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
    };
    visit(source, false);
    return { name, statically, onDemand, awaitsAtTop };
}
/** Every module of a built package. */
export function builtModules(dist) {
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => name.endsWith('.js'));
    return new Map(names.map((name) => [name, read(dist, name)]));
}
/** Everything that a module reaches, itself included; with imports on demand or without. */
export function reached(modules, from, onDemandToo) {
    const seen = new Set([from]);
    for (const name of seen) {
        const module = modules.get(name);
        for (const next of module?.statically ?? [])
            seen.add(next);
        if (onDemandToo)
            for (const next of module?.onDemand ?? [])
                seen.add(next);
    }
    return seen;
}
/** Cycles of static imports, each as the path that closes it. */
export function cycles(modules) {
    const found = [];
    const done = new Set();
    const visit = (name, path) => {
        if (path.includes(name)) {
            found.push([...path.slice(path.indexOf(name)), name].join(' -> '));
            return;
        }
        if (done.has(name))
            return;
        for (const next of modules.get(name)?.statically ?? [])
            if (modules.has(next))
                visit(next, [...path, name]);
        done.add(name);
    };
    for (const name of modules.keys())
        visit(name, []);
    return found;
}
