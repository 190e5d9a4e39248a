import type { ByteSource } from '../source/byte-source.js';
import type { Hdf5, OpenStream } from './hdf5.js';

/** The only path that HDF5 can open. */
export const PATH = '/file';

const NO_ENTRY = 44;
const NOT_PERMITTED = 63;
const REGULAR_FILE = 0o100444;
const LONG_AGO = new Date(0);

/** What lies open in an instance. */
export interface Mounted {
  source: ByteSource | undefined;
  /** What HDF5 wrote to the console: its errors. */
  messages: string;
  /** Where it began to read the last time. */
  lastRead: number | undefined;
}

/** All by which Emscripten's file system reaches the disk. */
const DISK = new Set(
  (
    'lookup lookupPath cwd chdir mknod mkdir symlink rename rmdir readdir unlink readlink stat lstat statfs statfsStream chmod fchmod ' +
    'lchmod chown fchown lchown truncate ftruncate utime open close llseek read write mmap msync ioctl allocate readFile writeFile'
  ).split(' '),
);

/**
 * Gives an instance of HDF5 one file, that of the source, in place of the disk: links to other files, data in other files and
 * plug-ins lead nowhere, and nothing can be written.
 */
export function sandbox({ FS }: Hdf5, mounted: Mounted): void {
  const refuse = (errno: number) => (): never => {
    throw new FS.ErrnoError(errno);
  };
  const size = (): number => mounted.source?.size ?? 0;
  const stat = (): object => ({
    ...{ dev: 1, ino: 1, mode: REGULAR_FILE, nlink: 1, uid: 0, gid: 0, rdev: 0, size: size(), blksize: 4096 },
    ...{ blocks: Math.ceil(size() / 512), atime: LONG_AGO, mtime: LONG_AGO, ctime: LONG_AGO },
  });
  const statAt = (path: string): object => (path === PATH ? stat() : refuse(NO_ENTRY)());
  for (const name of DISK) Reflect.set(FS, name, refuse(NO_ENTRY));
  Object.assign(FS, {
    open: (path: string): OpenStream => {
      if (path !== PATH || mounted.source === undefined) return refuse(NO_ENTRY)();
      return FS.createStream({ path, flags: 0, position: 0, seekable: true, node: { id: 1, mode: REGULAR_FILE } });
    },
    close: ({ fd }: OpenStream): void => FS.closeStream(fd),
    llseek: (stream: OpenStream, offset: number, whence: number): number => {
      stream.position = offset + ([0, stream.position, size()][whence] ?? 0);
      return stream.position;
    },
    read: (stream: OpenStream, heap: Uint8Array, at: number, length: number, position?: number): number => {
      const from = position ?? stream.position;
      const wanted = Math.max(0, Math.min(length, size() - from));
      mounted.lastRead = from;
      mounted.source?.readSync?.(from, new Uint8Array(heap.buffer, at, wanted));
      if (position === undefined) stream.position += wanted;
      return wanted;
    },
    write: ({ fd }: OpenStream, heap: Uint8Array, at: number, length: number): number => {
      if (fd !== 1 && fd !== 2) return refuse(NOT_PERMITTED)();
      mounted.messages += Buffer.from(heap.buffer, at, length).toString('latin1');
      return length;
    },
    fstat: stat,
    stat: statAt,
    lstat: statAt,
  });
}
