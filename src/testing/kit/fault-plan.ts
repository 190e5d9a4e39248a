import type { Fault, FaultPlan, FaultRule } from './types.js';

interface Armed {
  readonly rule: FaultRule;
  readonly matches: (request: Request) => boolean;
  skip: number;
  left: number;
}

/** A fault plan that the kit can ask. */
export interface ArmedPlan extends FaultPlan {
  /** The fault that strikes this request, if any: the first rule that fits. */
  next(request: Request): Fault | undefined;
}

/** Makes an empty fault plan. */
export function createFaultPlan(): ArmedPlan {
  let rules: Armed[] = [];
  let fired = 0;
  return {
    get fired() {
      return fired;
    },
    add(rule) {
      rules.push({ rule, matches: matcher(rule.route), skip: rule.skip ?? 0, left: rule.times ?? 1 });
    },
    clear() {
      rules = [];
      fired = 0;
    },
    next(request) {
      const armed = rules.find((candidate) => candidate.left > 0 && candidate.matches(request));
      if (armed === undefined) return undefined;
      if (armed.skip > 0) {
        armed.skip -= 1;
        return undefined;
      }
      armed.left -= 1;
      fired += 1;
      return armed.rule.fault;
    },
  };
}

function matcher(route: FaultRule['route']): (request: Request) => boolean {
  if (typeof route === 'function') return route;
  if (route instanceof RegExp) {
    const pattern = new RegExp(route.source, route.flags.replace(/[gy]/g, ''));
    return (request) => {
      const url = new URL(request.url);
      return pattern.test(`${request.method} ${url.pathname}${url.search}`);
    };
  }
  const [first = '', ...rest] = route.trim().split(/\s+/);
  const method = rest.length === 0 ? '*' : first.toUpperCase();
  const path = glob(rest.length === 0 ? first : rest.join(' '));
  return (request) =>
    (method === '*' || method === request.method) && path.test(decodeSafely(new URL(request.url).pathname));
}

function glob(text: string): RegExp {
  const source = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${source.join('.*')}$`);
}

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
