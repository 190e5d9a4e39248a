import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import type { Column } from '../output/columns.js';
import { SETTINGS, settingOf, type Setting, type SettingKey } from '../settings/known.js';
import { changeOwnFile, ownFilePath } from '../settings/own-file.js';
import type { Settings } from '../settings/resolve.js';

interface Row {
  readonly name: string;
  readonly value: string | undefined;
  readonly source: string | undefined;
  readonly variable: string | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'name', title: 'Setting', value: ({ name }) => name },
  { name: 'value', title: 'Value', value: ({ value }) => value },
  { name: 'source', title: 'From', value: ({ source }) => source },
  { name: 'variable', title: 'Environment', value: ({ variable }) => variable },
];

/** `sdc config`. */
export const config: CommandSpec = {
  name: 'config',
  summary: 'show the settings and where they come from, or change one',
  details:
    'Options win over environment variables, those over ~/.scc_access.yaml, and that over the settings file of sdc.\n' +
    'Passwords are never shown; to change one, leave out its value and type it when asked.',
  arguments: [
    { flags: '[name]', text: 'name, such as scc.base_url; default: show all' },
    { flags: '[value]', text: 'new value; "" removes it from the settings file of sdc' },
  ],
  options: [{ flags: '--set', text: 'ask for the new value' }],
  examples: [
    ['sdc config', 'everything that is set'],
    ['sdc config imap.data_dir /data/imap', 'change a setting'],
    ['sdc config scops.password --set', 'change a password'],
  ],
  run: async (context) => {
    const { input, settings, prompter } = context;
    const name = input.optionalArgument('name');
    if (name === undefined) {
      context.note(`settings file of sdc: ${ownFilePath()}`);
      return context.rows(
        COLUMNS,
        SETTINGS.map((setting) => rowOf(settings, setting)),
      );
    }
    const setting = settingOf(name);
    if (setting === undefined)
      throw new UsageError(
        `there is no setting ${name}; the settings are ${SETTINGS.map(({ key }) => key).join(', ')}`,
      );
    const value = input.flag('set')
      ? await prompter.ask(name, { hidden: setting.secret === true })
      : input.given('value');
    if (value === undefined) return context.rows(COLUMNS, [rowOf(settings, setting)]);
    const path = await changeOwnFile(new Map([[setting.key, value]]));
    const status = value === '' ? 'removed' : 'set';
    await context.result(`${status} ${name} in ${path}`, { status, name, path });
    const found = settings.find(setting.key)?.source;
    if (found === 'environment' || found === 'scc_access.yaml') context.warn(`the ${found} sets it too, and wins`);
  },
};

function rowOf(settings: Settings, setting: Setting & { readonly key: SettingKey }): Row {
  const found = settings.find(setting.key);
  const value = found !== undefined && setting.secret === true ? '(set)' : found?.value;
  return { name: setting.key, value, source: found?.source, variable: setting.variable };
}
