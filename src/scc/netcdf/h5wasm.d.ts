/** The little of h5wasm that is used here. */
export const ready: Promise<unknown>;
export class File {
  constructor(path: string, mode: 'r');
  readonly attrs: Readonly<Record<string, { readonly value: unknown } | undefined>>;
  close(): unknown;
}
