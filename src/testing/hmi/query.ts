import { HandlerFault, problem } from './failures.js';
import { GENERATIONS } from './generations.js';
import type { HmiContext } from './reply.js';
import { isStrictDateTime, readMicros } from './times.js';

/** The parameters of a list, times in microseconds UTC. */
export interface ListQuery {
  readonly start: number;
  readonly end: number;
  readonly meta: boolean;
}

/** Reads the parameters as connexion does: required ones first, additional ones ignored; a `Response` is the refusal. */
export function readListQuery(context: HmiContext): ListQuery | Response {
  const { searchParams } = context.sim.url;
  for (const name of ['start', 'end']) {
    if (!searchParams.has(name)) return problem(context, 400, `Missing query parameter '${name}'`);
  }
  const meta = GENERATIONS[context.settings.generation].listsKeywords ? readBoolean(searchParams.get('meta')) : false;
  if (meta === undefined) {
    return problem(context, 400, "Wrong type, expected 'boolean' for query parameter 'meta'");
  }
  const texts = { start: searchParams.get('start') ?? '', end: searchParams.get('end') ?? '' };
  if (context.settings.strictDates) {
    for (const [name, text] of Object.entries(texts)) {
      if (!isStrictDateTime(text)) return problem(context, 400, schemaFailure(name, text));
    }
  }
  return { start: moment(texts.start), end: moment(texts.end), meta };
}

function readBoolean(text: string | null): boolean | undefined {
  switch (text?.toLowerCase()) {
    case undefined:
    case 'false':
      return false;
    case 'true':
      return true;
    default:
      return undefined;
  }
}

function moment(text: string): number {
  const micros = readMicros(text);
  if (micros === undefined) throw new HandlerFault('ValueError', `Unknown string format: '${text}'`);
  return micros;
}

function schemaFailure(name: string, text: string): string {
  return `'${text}' is not a 'date-time'

Failed validating 'format' in schema:
    {'format': 'date-time',
     'in': 'query',
     'name': '${name}',
     'required': True,
     'type': 'string'}

On instance:
    '${text}'`;
}
