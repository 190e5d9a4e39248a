import { isSdcError } from '../../errors.js';
import { today } from '../../core/util/time.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import type { SettingKey } from '../settings/known.js';
import { changeOwnFile } from '../settings/own-file.js';
import { openScops } from './open.js';

/** `sdc scops login`. */
export const login: CommandSpec = {
  name: 'login',
  summary: 'ask for the login of a project, test it, and save it if it works',
  details: 'The password is not shown while you type. It is saved as plain text in a file that only you can read.',
  examples: [['sdc scops login --base-url https://scops.example/processor', 'set up this machine']],
  run: async (context) => {
    const { prompter, settings } = context;
    const known = settings.get('scops.project');
    const project = await prompter.ask('Project code', { ...(known !== undefined && { fallback: known }) });
    const password = await prompter.ask('Password', { hidden: true });
    await tryLogin(context, project, password);
    const baseUrl = settings.get('scops.base_url');
    const path = await changeOwnFile(
      new Map<SettingKey, string>([
        ['scops.project', project],
        ['scops.password', password],
        ...(baseUrl === undefined ? [] : [['scops.base_url', baseUrl] as const]),
      ]),
    );
    await context.result(`the login works; saved to ${path}`, { status: 'saved', path });
  },
};

/** Asks for some flight day: whether it is there does not matter, whether the login is refused does. */
async function tryLogin(context: Context, project: string, password: string): Promise<void> {
  const scops = await openScops(context, password, project);
  try {
    await scops.getFlight({ year: today().getUTCFullYear(), day: 1 }, { signal: context.signal });
  } catch (error) {
    if (!isSdcError(error, 'not-found')) throw error;
  } finally {
    await scops.close();
  }
}
