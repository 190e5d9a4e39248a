import { textResponse } from '../../kit/html.js';
import type { World } from '../world/world.js';
import { HttpFault } from './fault.js';

/**
 * Basic login: the user has to equal the project that the request names itself, and that is all (pitfall 1).
 * Gives the 401 answer, or nothing where the login is accepted.
 */
export function refuse(world: World, request: Request, project: string): Response | undefined {
  const given = basicCredentials(request.headers.get('authorization'));
  if (given !== undefined) {
    if (!world.settings.passwordFile) throw new HttpFault(500);
    const password = Object.hasOwn(world.settings.projects, given.user)
      ? world.settings.projects[given.user]
      : undefined;
    if (given.user === project && password === given.password) return undefined;
  }
  return textResponse(
    'Could not verify your access level for that URL.\nYou have to login with proper credentials',
    'text/html; charset=utf-8',
    401,
    { 'www-authenticate': `Basic realm="${project.replace(/[^\x20-\x7e]/g, '?')}"` },
  );
}

function basicCredentials(header: string | null): { user: string; password: string } | undefined {
  const token = /^basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
