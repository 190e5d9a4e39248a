/**
 * A request handler of msw, an optional peer dependency: `any` where it is not installed.
 *
 * @ts-ignore: only those who call `handlers()` need msw. */
export type MswHandler = import('msw').RequestHandler;

/** Bytes in memory of their own: what `Uint8Array.of` gives. Written so for TypeScript before 5.7, where `Uint8Array` is not generic. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** The time of a simulated centre. */
export interface SimClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the time forward. */
  advance(ms: number): void;
  /** `virtual` stands still unless it is advanced; `real` follows the wall clock. */
  readonly mode: 'virtual' | 'real';
}

/** How the time of a simulated centre passes. */
export interface ClockOptions {
  /** Default `virtual`. */
  readonly mode?: 'virtual' | 'real';
  /** First moment; default: the simulator's own, for `real` the wall clock. */
  readonly start?: Date | string;
  /** Simulated milliseconds for each real one, with `real` only; default 1. */
  readonly speed?: number;
  /** How far each request moves a virtual clock, in milliseconds; default 0. Lets a polling client see progress. */
  readonly perRequestMs?: number;
}

/** One request as it reached a simulator. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  /** Path of the URL, with the service's base path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly service: string;
  readonly headers: Headers;
  /** The first MiB of the body; `undefined` without a body. */
  body: Uint8Array | undefined;
  bodyBytes: number;
  /** When it came, by the simulator's clock. */
  readonly at: number;
  /** Status of the answer; `undefined` while there is none, or where a fault gave none. */
  status?: number;
}

/** What to break. Byte counts are those of the body as it goes over the wire. */
export type Fault =
  /** The connection ends after so many bytes of the body. */
  | { readonly kind: 'drop'; readonly afterBytes: number }
  /** Silence: before the headers, or after so many bytes of the body; for `ms` milliseconds or until the client gives up. */
  | { readonly kind: 'stall'; readonly afterBytes?: number; readonly ms?: number }
  /** The connection is reset: before the request is handled, or after so many bytes of the body. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Seconds, or the text of the header. */
      readonly retryAfter?: number | string;
      readonly body?: string;
      readonly contentType?: string;
    }
  /** An HTML page instead of the answer; status 200 by default. */
  | { readonly kind: 'html'; readonly status?: number; readonly body?: string }
  /** `Content-Length` says this much more (or less) than the body has. */
  | { readonly kind: 'length'; readonly delta: number }
  /** A range request is answered wrongly. `body` is the new content for `changed`. */
  | {
      readonly kind: 'range';
      readonly mode: 'ignore' | 'wrong-start' | 'changed' | '416' | 'no-validator' | 'weak-validator';
      readonly body?: Bytes;
    }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The body is compressed for transport although nobody asked. */
  | { readonly kind: 'gzip' }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'redirect-loop' }
  /** The answer comes this many (real) milliseconds late. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'replace'; readonly response: () => Response };

/** Which requests a fault breaks. */
export interface FaultRule {
  /** A glob on method and path (`'GET /api/v1/*'`, `'/files/*'`), a pattern on `METHOD /path?query`, or a function. */
  readonly route: string | RegExp | ((request: Request) => boolean);
  /** How many matching requests; default 1. */
  readonly times?: number;
  /** How many matching requests pass unharmed before; default 0. */
  readonly skip?: number;
  readonly fault: Fault;
}

/** Breaks routes on demand. */
export interface FaultPlan {
  add(rule: FaultRule): void;
  clear(): void;
  /** How many faults have struck. */
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
  /** Where the centre is for `fetch` and `handlers`. */
  readonly baseUrl: string;
  /** Credentials that it accepts, in the form that the client takes. */
  readonly credentials: C;
  /** Talks to the centre without a network. */
  readonly fetch: typeof globalThis.fetch;
  /** Handlers for msw, an optional peer dependency that is loaded by this call only. */
  handlers(): MswHandler[];
  /** All requests so far. */
  readonly requests: RecordedRequest[];
  /** Serves the centre over real HTTP on 127.0.0.1. */
  listen(options?: { readonly port?: number }): Promise<Listening>;
  readonly clock: SimClock;
  readonly faults: FaultPlan;
  /** Back to the first state: data, sessions, clock, faults, recorded requests. */
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
