import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const ARRAYS = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/** Bytes of the largest array that was made since it was last asked for, whether its memory was ever touched or not. */
export function watchArrays(): { largest: number } {
  const watch = { largest: 0 };
  for (const name of ARRAYS) {
    const original: object = globalThis[name];
    const construct = (target: object, args: unknown[], newTarget: unknown): object => {
      const made: unknown = Reflect.construct(
        target as new () => object,
        args,
        newTarget === watched ? (target as new () => object) : (newTarget as new () => object),
      );
      const isView = args[0] instanceof ArrayBuffer || args[0] instanceof SharedArrayBuffer;
      if (!isView) watch.largest = Math.max(watch.largest, (made as ArrayBuffer).byteLength);
      return made as object;
    };
    const watched: object = new Proxy(original, { construct });
    Reflect.set(globalThis, name, watched);
  }
  return watch;
}

/** Forgets the most memory that the process ever had. */
export function forgetPeak(): void {
  if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5');
}

/** The most memory that the process had since, in bytes; 0 on systems that do not tell. */
export function peak(): number {
  if (!existsSync('/proc/self/status')) return 0;
  return Number(/VmHWM:\s*(\d+) kB/u.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024;
}
