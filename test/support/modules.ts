import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What one file imports. Our own files are named relative to the folder that was read, others by their package. */
export interface Module {
  readonly name: string;
  /** Of sources, imports of types too. */
  readonly statically: readonly string[];
  readonly onDemand: readonly string[];
  readonly awaitsAtTop: boolean;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Sources name each other as they are called when they are built. */
function target(folder: string, from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier.startsWith('node:') ? specifier : packageOf(specifier);
  const path = posix.join(posix.dirname(from), specifier);
  if (!from.endsWith('.ts')) return path;
  const source = path.replace(/\.js$/u, '.ts');
  return existsSync(join(folder, source)) ? source : source.replace(/\.ts$/u, '.d.ts');
}

function read(folder: string, name: string): Module {
  const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest);
  const statically: string[] = [];
  const onDemand: string[] = [];
  let awaitsAtTop = false;
  const add = (list: string[], specifier: ts.Node | undefined): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) list.push(target(folder, name, specifier.text));
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(statically, node.moduleSpecifier);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(statically, node.argument.literal);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(onDemand, node.arguments[0]);
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

function modulesOf(folder: string, isModule: RegExp): Map<string, Module> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => isModule.test(name));
  return new Map(names.map((name) => [name, read(folder, name)]));
}

/** Every module of a built package. */
export function builtModules(dist: string): Map<string, Module> {
  return modulesOf(dist, /\.js$/u);
}

/** Every module of a folder of sources, declarations included. */
export function sourceModules(src: string): Map<string, Module> {
  return modulesOf(src, /\.ts$/u);
}

/** Imports between modules, or from a module to a package, that `wrong` objects to. */
export function objections(modules: Map<string, Module>, wrong: (from: string, to: string) => boolean): string[] {
  return [...modules.values()].flatMap(({ name, statically, onDemand }) =>
    [...statically, ...onDemand].filter((to) => wrong(name, to)).map((to) => `${name} -> ${to}`),
  );
}

/** Everything that a module reaches, itself included; with imports on demand or without. */
export function reached(modules: Map<string, Module>, from: string, onDemandToo: boolean): Set<string> {
  const seen = new Set<string>([from]);
  for (const name of seen) for (const next of importsOf(modules.get(name), onDemandToo)) seen.add(next);
  return seen;
}

/** Cycles of imports, each as the path that closes it; with imports on demand or without. */
export function cycles(modules: Map<string, Module>, onDemandToo = false): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      found.push([...path.slice(path.indexOf(name)), name].join(' -> '));
      return;
    }
    if (done.has(name)) return;
    for (const next of importsOf(modules.get(name), onDemandToo)) if (modules.has(next)) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of modules.keys()) visit(name, []);
  return found;
}

function importsOf(module: Module | undefined, onDemandToo: boolean): readonly string[] {
  if (module === undefined) return [];
  return onDemandToo ? [...module.statically, ...module.onDemand] : module.statically;
}
