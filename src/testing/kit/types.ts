/**
 * A request handler of msw, an optional peer dependency: `any` where it is not installed.
 *
 * @ts-ignore: only those who call `handlers()` need msw. */
export type MswHandler = import('msw').RequestHandler;

/** Bytes in memory of their own: what `Uint8Array.of` gives. Written so for TypeScript before 5.7, where `Uint8Array` is not generic. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** The clock of a simulated centre. */
export interface SimClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the time forward. */
  advance(ms: number): void;
  /** `virtual` stands still unless it is advanced; `real` follows the wall clock. */
  readonly mode: 'virtual' | 'real';
}

/** How time passes at a simulated centre. */
export interface ClockOptions {
  /** Default `virtual`. */
  readonly mode?: 'virtual' | 'real';
  /** Start time; default: the simulator's own; for `real`, the wall clock. */
  readonly start?: Date | string;
  /** Simulated milliseconds for each real one, with `real` only; default 1. */
  readonly speed?: number;
  /** How far each request moves a virtual clock, in milliseconds; default 0. Lets a polling client see progress. */
  readonly perRequestMs?: number;
}

/** One request as it reached a simulator. */
export interface RecordedRequest {
  /** In upper case: `GET`, `POST`. */
  readonly method: string;
  /** The whole URL with its query, under the virtual origin or, while listening, `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Path of the URL, with the service's base path. */
  readonly path: string;
  /** Parameters of the URL, decoded; one that was sent twice is there twice. */
  readonly query: URLSearchParams;
  /** Which host of the centre it came to, by the name that {@link Listening.origins} has: `api`, `storage`. */
  readonly service: string;
  /** As they were sent, credentials and cookies included; names in any case. */
  readonly headers: Headers;
  /** The first MiB of the body; `undefined` without a body. */
  body: Uint8Array | undefined;
  /** Length in bytes of all of the body that has come, beyond what `body` keeps too; 0 without a body. */
  bodyBytes: number;
  /** When it arrived, by the simulator's clock. */
  readonly at: number;
  /** Status of the answer; `undefined` while there is none, or if a fault prevented one. */
  status?: number;
}

/** A fault. Byte counts refer to the body as it is sent. */
export type Fault =
  /** The connection ends after so many bytes of the body. */
  | {
      /** A body that breaks off: less arrives than was announced. */
      readonly kind: 'drop';
      /** Bytes of the body that still arrive; 0: the headers only. */
      readonly afterBytes: number;
    }
  /** Silence: before the headers, or after so many bytes of the body; for `ms` milliseconds or until the client gives up. */
  | {
      /** A server that hangs, which only a time limit of the client ends. */
      readonly kind: 'stall';
      /** Bytes of the body that arrive before the silence; default: not even the headers do. */
      readonly afterBytes?: number;
      /** Length of the silence in real milliseconds, after which all goes on; default: it has no end. */
      readonly ms?: number;
    }
  /** The connection is reset: before the request is handled, or after so many bytes of the body. */
  | {
      /** A connection that fails with `ECONNRESET`. */
      readonly kind: 'reset';
      /** Bytes of the body that still arrive; default: the request is not handled at all. */
      readonly afterBytes?: number;
    }
  | {
      /** An answer with this status; the request is not handled. */
      readonly kind: 'status';
      /** HTTP status: 429, 503. */
      readonly status: number;
      /** Seconds, or the text of the header. */
      readonly retryAfter?: number | string;
      /** Text of the answer; default: empty. */
      readonly body?: string;
      /** Default `text/html; charset=utf-8`. */
      readonly contentType?: string;
    }
  /** An HTML page instead of the answer; status 200 by default. */
  | {
      /** A page where data is expected, as maintenance and login walls give it; the request is not handled. */
      readonly kind: 'html';
      /** HTTP status; default 200. */
      readonly status?: number;
      /** The whole page; default: one that says "Down for maintenance". */
      readonly body?: string;
    }
  /** `Content-Length` says this much more (or less) than the body has. */
  | {
      /** A length that is not that of the body. */
      readonly kind: 'length';
      /** Bytes to add to the true length; negative: the header says less. */
      readonly delta: number;
    }
  /** Nothing says how long the body is: only the end of the connection ends it, as in HTTP/1.0. */
  | {
      /** A body without a length, whole or cut off where nothing tells. */
      readonly kind: 'no-length';
      /** Bytes of the body that arrive before the connection ends; default: all. */
      readonly afterBytes?: number;
    }
  /** A range request is answered wrongly. `body` is the new content for `changed`. */
  | {
      /** A server that resumes badly, or a file that has changed since. */
      readonly kind: 'range';
      /**
       * `ignore`: 200 with all of the file; `wrong-start`: the range begins one byte beside; `changed`: other content,
       * ETag and date; `416`: no range is accepted; `no-validator`: neither ETag nor date; `weak-validator`: only a weak
       * ETag; `other-validator`: another ETag and date than those that were asked for, whatever they were. Two are 206 answers whatever was asked for, also where no range was: `unsolicited-part` brings the first half
       * of the file (or the one byte of it), `unsolicited-whole` all of it.
       */
      readonly mode:
        | 'ignore'
        | 'wrong-start'
        | 'changed'
        | '416'
        | 'no-validator'
        | 'weak-validator'
        | 'other-validator'
        | 'unsolicited-part'
        | 'unsolicited-whole';
      /** What the file holds now, with `changed` only; default: one byte more than before. */
      readonly body?: Bytes;
    }
  | {
      /** A body that trickles in. */
      readonly kind: 'slow';
      /** Bytes of the body in each real second. */
      readonly bytesPerSecond: number;
    }
  /** The body is compressed for transport although the client did not ask for it. */
  | {
      /** `Content-Encoding: gzip`, with the length of the compressed body. */
      readonly kind: 'gzip';
    }
  | {
      /** The client is sent elsewhere; the request is not handled. */
      readonly kind: 'redirect';
      /** Text of the `Location` header: a path, or a whole URL. */
      readonly location: string;
      /** HTTP status; default 302. */
      readonly status?: number;
    }
  | {
      /** A 302 to the very URL that was asked for; with `times: Infinity` it never ends. */
      readonly kind: 'redirect-loop';
    }
  /** The answer comes this many (real) milliseconds late. */
  | {
      /** A pause before the request is handled; then all is as usual. */
      readonly kind: 'delay';
      /** Length of the pause in real milliseconds. */
      readonly ms: number;
    }
  | {
      /** An answer made by the test; the request is not handled. */
      readonly kind: 'replace';
      /** Makes the answer; called for each affected request. */
      readonly response: () => Response;
    };

/** Which requests a fault applies to. */
export interface FaultRule {
  /** A glob on method and path (`'GET /api/v1/*'`, `'/files/*'`), a pattern on `METHOD /path?query`, or a function. */
  readonly route: string | RegExp | ((request: Request) => boolean);
  /** How many matching requests; default 1. */
  readonly times?: number;
  /** How many matching requests are not affected before that; default 0. */
  readonly skip?: number;
  /** The fault. */
  readonly fault: Fault;
}

/** Makes routes fail on demand. */
export interface FaultPlan {
  /** Adds a rule. If several match a request, the oldest one that is not used up applies. */
  add(rule: FaultRule): void;
  /** Forgets all rules, and sets `fired` to 0. */
  clear(): void;
  /** How many requests were affected by faults. */
  readonly fired: number;
}

/** A simulator behind real sockets on the loopback interface. */
export interface Listening extends AsyncDisposable {
  /** Base URL for the client: that of the main service, base path included. */
  readonly url: string;
  /** Origins of all services, by name. */
  readonly origins: Readonly<Record<string, string>>;
  /** Ends the servers and all their connections. */
  close(): Promise<void>;
}

/** A simulated centre. */
export interface Simulator<C> {
  /** Base URL of the centre for `fetch` and `handlers`. */
  readonly baseUrl: string;
  /** Credentials that it accepts, in the form that the client takes. */
  readonly credentials: C;
  /** Talks to the centre without a network. */
  readonly fetch: typeof globalThis.fetch;
  /** Handlers for msw, an optional peer dependency that only this call loads. */
  handlers(): MswHandler[];
  /** All requests so far. */
  readonly requests: RecordedRequest[];
  /** Serves the centre over real HTTP on 127.0.0.1. */
  listen(options?: { readonly port?: number }): Promise<Listening>;
  /** Time at the centre: `sim.clock.advance(60_000)` lets a minute pass there. */
  readonly clock: SimClock;
  /** Faults of the centre; none at first. */
  readonly faults: FaultPlan;
  /** Restores the initial state: data, sessions, clock, faults, recorded requests. */
  reset(): void;
}

/** What a service of a simulated centre knows of a request. */
export interface SimContext {
  readonly request: Request;
  readonly url: URL;
  /** Path below the service's base path, with a leading slash. */
  readonly path: string;
  readonly service: string;
  /** Public origin of a service as the client sees it; default: of the service at hand. */
  origin(service?: string): string;
  readonly clock: SimClock;
  readonly viaSocket: boolean;
}

/** One host of a simulated centre. */
export interface SimService {
  /** Virtual origin, such as `https://api.imap.simulated`. */
  readonly origin: string;
  /** Default `/`. */
  readonly basePath?: string;
  handle(context: SimContext): Response | Promise<Response>;
}
