import { toPath } from '../../../core/files/paths.js';
import { NotFoundError } from '../../../errors.js';
import { reading, type WorkspaceCall } from '../call.js';
import { readConfigs } from '../config-files.js';
import { readPlugins } from '../plugins/read-plugins.js';
import type { WorkspacePlugin } from '../types.js';

/** The plugins, each checked without running it. */
export async function plugins(call: WorkspaceCall): Promise<WorkspacePlugin[]> {
  const directory = await pluginDirectory(call);
  return reading(call, directory, () => readPlugins(directory, pluginArgs(call)));
}

function pluginArgs({ args, options }: WorkspaceCall): readonly string[] {
  const { pluginArgs: names = [] } = options;
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/u.test(name));
  if (wrong === undefined) return names;
  throw args.invalid(`pluginArgs must be names of arguments, got ${JSON.stringify(wrong)}`);
}

async function pluginDirectory(call: WorkspaceCall): Promise<string> {
  const { args, environment, options } = call;
  if (options.pluginDirectory !== undefined) return toPath(options.pluginDirectory, args.label('pluginDirectory'));
  const files = await reading(call, 'WEB_CONFIG_DIR', () => readConfigs(environment.webConfigDir));
  const known = files
    .map(({ config }) => config?.defaults.plugin_directory)
    .filter((one) => one !== undefined && one !== '');
  const newest = known.at(-1);
  if (newest !== undefined) return newest;
  throw new NotFoundError('no config file names a plugin directory; set option pluginDirectory', args.init);
}
