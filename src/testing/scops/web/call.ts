import type { World } from '../world/world.js';
import type { Form } from './form.js';

/** One request on its way through the site. */
export interface SiteCall {
  readonly world: World;
  readonly request: Request;
  readonly query: URLSearchParams;
  /** Public origin, as the client reached it. */
  readonly origin: string;
  /** Parts of the path that the route names, decoded. */
  readonly args: readonly string[];
  readonly form: Form;
  /** Query argument `project`, else the form field; empty on routes without login. */
  readonly project: string;
}

/** Answers one kind of request. */
export type View = (call: SiteCall) => Response;
