import { defined } from '../../core/util/defined.js';
import type { Arguments } from '../../core/operation/arguments.js';

/**
 * SCOPS has two kinds of names. A config name `<project>_<year>_<day>_<stamp>` is made when an order is sent and used to
 * confirm it; a processing id `<project>_<year>_<day><sortie><stamp>` is made when the work begins and used for the rest.
 */

export interface ConfigNameParts {
  readonly project: string;
  readonly year: number;
  readonly day: number;
  /** `YYYYmmddHHMMSS` by the web server's local clock. */
  readonly stamp: string;
}

export interface ProcessingIdParts extends ConfigNameParts {
  readonly sortie?: string;
}

const CONFIG_REST = /^(\d{4})_(\d{1,3})_(\d{14})$/u;
const PROCESSING_REST = /^(\d{4})_(\d{1,3})([A-Za-z]?)(\d{14})$/u;
const PROJECT = /^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*$/u;

/** Whether a text can be a project code: letters, digits and single underscores. */
export function isProjectCode(text: string): boolean {
  return PROJECT.test(text) && text.length <= 40;
}

/** Reads a config name; `undefined` where it is none (of the given project). */
export function parseConfigName(name: string, project?: string): ConfigNameParts | undefined {
  const found = split(name, project, CONFIG_REST);
  if (found === undefined) return undefined;
  const [, year = '', day = '', stamp = ''] = found.match;
  return { project: found.project, year: Number(year), day: Number(day), stamp };
}

/** Reads a processing id; `undefined` where it is none (of the given project). */
export function parseProcessingId(id: string, project?: string): ProcessingIdParts | undefined {
  const found = split(id, project, PROCESSING_REST);
  if (found === undefined) return undefined;
  const [, year = '', day = '', sortie = '', stamp = ''] = found.match;
  return defined({ project: found.project, year: Number(year), day: Number(day), stamp, sortie: sortie || undefined });
}

function split(
  text: string,
  project: string | undefined,
  rest: RegExp,
): { project: string; match: RegExpExecArray } | undefined {
  if (project !== undefined) {
    const match = text.startsWith(`${project}_`) ? rest.exec(text.slice(project.length + 1)) : null;
    return match === null ? undefined : { project, match };
  }
  for (let at = text.indexOf('_'); at > 0; at = text.indexOf('_', at + 1)) {
    const match = rest.exec(text.slice(at + 1));
    const own = text.slice(0, at);
    if (match !== null && isProjectCode(own)) return { project: own, match };
  }
  return undefined;
}

/**
 * A config name of the own project.
 *
 * @throws `TypeError` for anything else: an unknown name makes SCOPS write a file that stops its scheduler (pitfall 3), and
 * names of other projects would be accepted by the server (pitfall 1).
 */
export function requireConfigName(args: Arguments, name: unknown, project: string): ConfigNameParts {
  const parts = typeof name === 'string' ? parseConfigName(name, project) : undefined;
  if (parts !== undefined) return parts;
  if (typeof name === 'string' && parseProcessingId(name, project) !== undefined)
    throw args.invalid(
      `${name} is a processing id; a config name has _ before its 14 digits (${project}_2014_217_20180307152824)`,
    );
  throw args.invalid(
    `configName must be a config name of project ${project}, such as ${project}_2014_217_20180307152824; got ${show(name)}`,
  );
}

/**
 * A processing id of the own project.
 *
 * @throws `TypeError` for anything else: the server uses ids as file patterns (pitfall 6).
 */
export function requireProcessingId(args: Arguments, id: unknown, project: string): ProcessingIdParts {
  const parts = typeof id === 'string' ? parseProcessingId(id, project) : undefined;
  if (parts !== undefined) return parts;
  if (typeof id === 'string' && parseConfigName(id, project) !== undefined)
    throw args.invalid(
      `${id} is a config name; SCOPS mails the processing id when it begins; it can also be looked up`,
    );
  throw args.invalid(
    `processingId must be a processing id of project ${project}, such as ${project}_2014_21720180307152902; got ${show(id)}`,
  );
}

export function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value;
}
