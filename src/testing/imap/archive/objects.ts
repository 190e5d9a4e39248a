import { createHash } from 'node:crypto';

import type { LazyBytes } from '../../kit/files.js';

/** One object of the bucket. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** With quotes; the MD5 of the content, as S3 gives it for single-part objects. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly tags: string | undefined;
  /** `undefined` where the content was too large to keep. */
  content(): Uint8Array<ArrayBuffer> | LazyBytes | undefined;
}

interface ObjectOptions {
  readonly key: string;
  readonly modified: number;
  readonly tags?: string | undefined;
}

/** An object with given content; a lazy one has no MD5, so it gets the tag of a multi-part upload. */
export function objectOf(body: Uint8Array<ArrayBuffer> | LazyBytes, options: ObjectOptions): StoredObject {
  const { key, modified, tags } = options;
  const whole = body instanceof Uint8Array;
  const etag = whole ? `"${md5(body)}"` : `"${md5(Buffer.from(`${key} ${String(body.size)}`))}-2"`;
  return { key, modified, tags, etag, size: whole ? body.length : body.size, content: () => body };
}

/** An object whose content is made when it is first looked at. */
export function objectLater(make: () => Uint8Array<ArrayBuffer>, options: ObjectOptions): StoredObject {
  let made: StoredObject | undefined;
  const object = (): StoredObject => (made ??= objectOf(make(), options));
  return {
    key: options.key,
    modified: options.modified,
    tags: options.tags,
    get size() {
      return object().size;
    },
    get etag() {
      return object().etag;
    },
    content: () => object().content(),
  };
}

/** An object of which only length and digest are known. */
export function objectWithoutContent(size: number, digest: string, options: ObjectOptions): StoredObject {
  const { key, modified, tags } = options;
  return { key, modified, tags, size, etag: `"${digest}"`, content: () => undefined };
}

/** Lower-case hexadecimal MD5. */
function md5(data: Uint8Array): string {
  return createHash('md5').update(data).digest('hex');
}
