import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What one built file imports. Our own files are named relative to dist, others by their package. */
export interface BuiltModule {
  readonly name: string;
  readonly statically: readonly string[];
  readonly onDemand: readonly string[];
  readonly awaitsAtTop: boolean;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  return specifier.startsWith('node:') ? specifier : packageOf(specifier);
}

function read(dist: string, name: string): BuiltModule {
  const source = ts.createSourceFile(name, readFileSync(join(dist, name), 'utf8'), ts.ScriptTarget.Latest, true);
  const statically: string[] = [];
  const onDemand: string[] = [];
  let awaitsAtTop = false;
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      if (ts.isStringLiteral(node.moduleSpecifier)) statically.push(target(name, node.moduleSpecifier.text));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) onDemand.push(target(name, specifier.text));
    }
    if (
      !inFunction &&
      (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    ) {
      awaitsAtTop = true;
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(source, false);
  return { name, statically, onDemand, awaitsAtTop };
}

/** Every module of a built package. */
export function builtModules(dist: string): Map<string, BuiltModule> {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js'));
  return new Map(names.map((name) => [name, read(dist, name)]));
}

/** Everything that a module reaches, itself included; with imports on demand or without. */
export function reached(modules: Map<string, BuiltModule>, from: string, onDemandToo: boolean): Set<string> {
  const seen = new Set<string>([from]);
  for (const name of seen) {
    const module = modules.get(name);
    for (const next of module?.statically ?? []) seen.add(next);
    if (onDemandToo) for (const next of module?.onDemand ?? []) seen.add(next);
  }
  return seen;
}

/** Cycles of static imports, each as the path that closes it. */
export function cycles(modules: Map<string, BuiltModule>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      found.push([...path.slice(path.indexOf(name)), name].join(' -> '));
      return;
    }
    if (done.has(name)) return;
    for (const next of modules.get(name)?.statically ?? []) if (modules.has(next)) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of modules.keys()) visit(name, []);
  return found;
}
