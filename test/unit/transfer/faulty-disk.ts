import type { FileHandle } from 'node:fs/promises';

/** The calls of `node:fs/promises`, and those of an open file as `handle.<name>`. */
type Fs = typeof import('node:fs/promises');
type AnyCall = (...given: unknown[]) => Promise<unknown>;

interface Fault {
  readonly call: string;
  readonly path: string | RegExp;
  skip: number;
  readonly act: (go: () => Promise<unknown>) => Promise<unknown>;
}

const CALLS = ['link', 'lstat', 'mkdir', 'readFile', 'rename', 'rm', 'stat', 'unlink', 'writeFile'] as const;
/** A part under the name that it has while it gets its final one; what else lies beside a lock for a moment is called alike. */
export const ASIDE = /\.part\.lock\.(?!0{12})[0-9a-f]{12}$/;
/** A lock under the name that it has until it is written. */
export const UNWRITTEN = /\.lock\.0{12}$/;
const HANDLE_CALLS = ['close', 'datasync', 'read', 'stat', 'sync', 'truncate', 'write', 'writeFile', 'writev'] as const;
let faults: Fault[] = [];

/** What the system says. */
export function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: no luck, ${call}`), { code, syscall: call });
}

/** The next call of this name on a path with this ending, or of this form, does something else; `skip` lets so many pass before. */
export function once(call: string, path: string | RegExp, act: Fault['act'], skip = 0): void {
  faults.push({ call, path, act, skip });
}

/** The next call of this name on a path with this ending fails. */
export function failOnce(call: string, path: string | RegExp, code: string, skip = 0): void {
  once(call, path, () => Promise.reject(systemError(code, call)), skip);
}

/** Forgets all that is planned; tells what never came. */
export function mended(): string[] {
  const left = faults.map(({ call, path }) => `${call} ${String(path)}`);
  faults = [];
  return left;
}

function matches(wanted: string | RegExp, path: string): boolean {
  return typeof wanted === 'string' ? path.endsWith(wanted) : wanted.test(path);
}

function planned(call: string, path: unknown, go: () => Promise<unknown>): Promise<unknown> {
  const fault = faults.find((one) => one.call === call && matches(one.path, String(path)));
  if (fault === undefined) return go();
  if (fault.skip > 0) {
    fault.skip -= 1;
    return go();
  }
  faults = faults.filter((one) => one !== fault);
  return fault.act(go);
}

/** For `vi.mock('node:fs/promises', …)`: the real calls, as long as nothing else is planned. */
export function faulty(real: Fs): Fs {
  const calls: Record<string, AnyCall> = {};
  for (const name of CALLS) {
    const call = real[name] as AnyCall;
    calls[name] = (...given) => planned(name, given[0], () => call(...given));
  }
  const open: AnyCall = async (...given) => {
    const handle = (await planned('open', given[0], () => (real.open as AnyCall)(...given))) as FileHandle;
    for (const name of HANDLE_CALLS) {
      const call = handle[name].bind(handle) as AnyCall;
      Object.assign(handle, {
        [name]: (...more: unknown[]) => planned(`handle.${name}`, given[0], () => call(...more)),
      });
    }
    return handle;
  };
  return { ...real, ...calls, open } as Fs;
}
