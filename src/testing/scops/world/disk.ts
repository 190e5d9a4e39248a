import { globPattern } from '../python/text.js';

/** A file of the simulated hosts. */
export interface DiskFile {
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** The disk that both hosts share; paths are absolute, folders have to be made. */
export class Disk {
  readonly #files = new Map<string, DiskFile>();
  readonly #links = new Map<string, string>();
  readonly #folders = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Makes a folder; false where it is there already. */
  makeFolder(path: string): boolean {
    if (this.hasFolder(path)) return false;
    this.#folders.add(trim(path));
    return true;
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(trim(path));
  }

  has(path: string): boolean {
    return this.#files.has(this.#target(path));
  }

  write(path: string, content: Uint8Array | string): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#files.set(this.#target(path), { bytes, modified: this.#now() });
  }

  append(path: string, text: string): void {
    this.write(path, (this.text(path) ?? '') + text);
  }

  link(path: string, target: string): void {
    this.#links.set(path, target);
  }

  remove(path: string): void {
    this.#files.delete(path);
    this.#links.delete(path);
  }

  read(path: string): DiskFile | undefined {
    return this.#files.get(this.#target(path));
  }

  text(path: string): string | undefined {
    const file = this.read(path);
    return file === undefined ? undefined : new TextDecoder().decode(file.bytes);
  }

  /** Paths below a folder (ending in `/`), links included, in the order of their making. */
  list(folder: string): string[] {
    return [...this.#files.keys(), ...this.#links.keys()].filter((path) => path.startsWith(folder));
  }

  /** Paths that a shell pattern matches; `..` is resolved first, as the real file system would. */
  glob(pattern: string): string[] {
    const matcher = globPattern(resolvePath(pattern));
    return [...this.#files.keys(), ...this.#links.keys()].filter((path) => matcher.test(path));
  }

  #target(path: string): string {
    return this.#links.get(path) ?? path;
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function trim(path: string): string {
  return resolvePath(path).replace(/\/+$/, '');
}

function resolvePath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`;
}
