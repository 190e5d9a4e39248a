import { isSdcError, WrongCredentials } from '../../errors.js';
import type { CommandSpec } from '../command/spec.js';
import type { SettingKey } from '../settings/known.js';
import { changeOwnFile } from '../settings/own-file.js';
import { openScc } from './open.js';

/** `sdc scc login`. */
export const login: CommandSpec = {
  name: 'login',
  summary: 'ask for both logins, test them, and save them if they work',
  details: 'Passwords are not shown while you type. They are saved as plain text in a file that only you can read.',
  examples: [['sdc scc login', 'set up this machine']],
  run: async (context) => {
    const { prompter, settings, signal } = context;
    context.note('The SCC has two logins: one for the site, shared by the community, and your own account.');
    const ask = async (question: string, key: SettingKey): Promise<string> => {
      const known = settings.get(key);
      return prompter.ask(question, { ...(known !== undefined && { fallback: known }) });
    };
    const httpAuthUser = await ask('Site user', 'scc.http_auth_user');
    const httpAuthPassword = await prompter.ask('Site password', { hidden: true });
    const username = await ask('Account user', 'scc.username');
    const password = await prompter.ask('Account password', { hidden: true });
    const scc = await openScc(context, { httpAuthUser, httpAuthPassword, username, password });
    try {
      await scc.login({ signal });
      await scc.logout({ signal });
    } catch (error) {
      if (isSdcError(error, 'credentials') && error instanceof WrongCredentials)
        context.note(`nothing was saved: the ${error.layer === 'site' ? 'site' : 'account'} login was refused`);
      throw error;
    } finally {
      await scc.close();
    }
    const baseUrl = settings.find('scc.base_url');
    const path = await changeOwnFile(
      new Map<SettingKey, string>([
        ['scc.http_auth_user', httpAuthUser],
        ['scc.http_auth_password', httpAuthPassword],
        ['scc.username', username],
        ['scc.password', password],
        ...(baseUrl?.source === 'option' ? [['scc.base_url', baseUrl.value] as const] : []),
      ]),
    );
    await context.result(`both logins work; saved to ${path}`, { status: 'saved', path });
    const shadowed = settings.find('scc.password')?.source;
    if (shadowed === 'environment' || shadowed === 'scc_access.yaml')
      context.warn(
        `the ${shadowed === 'environment' ? 'environment' : 'file ~/.scc_access.yaml'} sets other logins, which win over the saved ones`,
      );
  },
};
