import type { Agent } from 'node:http';
import type { OnReadOpts } from 'node:net';
import type { Duplex } from 'node:stream';

/** Memory that a connection reads into, piece by piece; what is read is never written over. */
const SLAB_BYTES = 64 * 1024;
/** The same after a read that filled what there was. */
const LARGE_SLAB_BYTES = 1024 * 1024;
/** A read that could bring less than this gets a new slab. */
const LEAST_READ_BYTES = 16 * 1024;

/** On Node.js 20: later versions hold what was read for longer, up to 90 MB more of it on 24 (docs/decisions/0014). */
const READS_LARGE = Number(process.versions.node.split('.')[0]) < 22;

/**
 * Lets the connections of an agent take in one read what lies ready, up to 1 MiB, where Node.js takes 64 KiB: with a
 * sixteenth of the reads, a large file comes in a fifth less time (docs/performance.md). From Node.js 22 on nothing is changed.
 */
export function readLarge<A extends Agent>(agent: A): A {
  if (!READS_LARGE) return agent;
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const withReads = { ...options, onread: largeReads((bytes) => socket?.push(bytes) ?? false) };
    const socket: Duplex | null | undefined = connect(withReads, callback);
    return socket;
  };
  return agent;
}

/** @param push - Hands on what was read, as Node.js does by itself; `false` holds the connection until it is asked for more. */
function largeReads(push: (bytes: Uint8Array) => boolean): OnReadOpts {
  let slab = Buffer.alloc(0);
  let used = 0;
  let large = false;
  return {
    buffer: () => {
      if (slab.length - used < LEAST_READ_BYTES) {
        slab = Buffer.allocUnsafeSlow(large ? LARGE_SLAB_BYTES : SLAB_BYTES);
        used = 0;
      }
      return slab.subarray(used);
    },
    callback: (bytes, buffer) => {
      used += bytes;
      large = bytes === buffer.length;
      return push(buffer.subarray(0, bytes));
    },
  };
}
