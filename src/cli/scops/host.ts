import type { ScopsWorkspace, WorkspaceOrder, WorkspacePlugin, WorkspaceProduct } from '../../scops/index.js';
import { WAIT_OPTIONS } from '../command/common-options.js';
import type { Context } from '../command/context.js';
import { readNamedFile } from '../command/read-file.js';
import type { CommandSpec } from '../command/spec.js';
import { shortName } from '../command/transfer.js';
import { waitOptions } from '../command/wait.js';
import type { Column } from '../output/columns.js';
import { ID_ARGUMENT, show, showEnd } from './status.js';

const DETAILS =
  'For users with an account on the processing host: reads the variables in the SCOPS README (WEB_CONFIG_DIR, WEB_OUTPUT, …)\n' +
  'and needs no login.';
const SOURCE = {
  flags: '--database',
  text: 'read the status database at DB_LOCATION instead of the status files',
} as const;
const ORDERS: readonly Column<WorkspaceOrder>[] = [
  { name: 'config_name', title: 'Order', value: ({ configName }) => configName },
  { name: 'state', title: 'State', value: ({ state }) => state },
  { name: 'processing_id', title: 'Processing id', value: ({ processingId }) => processingId },
  { name: 'problem', title: 'Problem', value: ({ problem }) => problem },
];
const PRODUCTS: readonly Column<WorkspaceProduct>[] = [
  { name: 'product', title: 'Product', value: ({ name }) => name },
  { name: 'bytes', title: 'Bytes', value: ({ bytes }) => bytes },
  { name: 'modified', title: 'Modified', value: ({ modified }) => modified },
  { name: 'path', title: 'Path', value: ({ path }) => path },
];
const PLUGINS: readonly Column<WorkspacePlugin>[] = [
  { name: 'plugin', title: 'Plugin', value: ({ name }) => name },
  { name: 'problems', title: 'Problems', value: ({ problems }) => problems.join('; ') },
  { name: 'path', title: 'Path', value: ({ path }) => path },
];

async function openWorkspace({ input, warn }: Context): Promise<ScopsWorkspace> {
  const { ScopsWorkspace: Workspace, scopsEnvironment } = await import('../../scops/index.js');
  const environment = scopsEnvironment();
  for (const warning of environment.warnings) warn(warning);
  const directory = input.text('pluginDirectory');
  const pluginArgs = input.list('pluginArgs');
  return new Workspace(environment, {
    ...(input.flag('database') && { statusFrom: 'database' }),
    ...(directory !== undefined && { pluginDirectory: directory }),
    ...(pluginArgs !== undefined && { pluginArgs }),
  });
}

/** `sdc scops host-…`: what the scripts of the processing host are used for. */
export const hostCommands: readonly CommandSpec[] = [
  {
    name: 'host-submit',
    summary: 'check an order (.cfg) and put it where the scheduler of the processing host looks',
    details: DETAILS,
    arguments: [{ flags: '<file>', text: 'config file of an order' }],
    examples: [
      ['sdc scops host-submit GB13_08_2014_217_20180307152824.cfg', 'a file that would stop the scheduler is refused'],
    ],
    run: async (context) => {
      const file = context.input.argument('file');
      const { parseScopsConfig } = await import('../../scops/index.js');
      const config = parseScopsConfig(await readNamedFile(file, 'the config'));
      const configName = await (await openWorkspace(context)).submit(config);
      await context.result(`put ${configName} from ${shortName(file)}`, { status: 'submitted', configName });
    },
  },
  {
    name: 'host-list',
    summary: 'list the orders on the processing host and their state',
    details: DETAILS,
    examples: [['sdc scops host-list', 'all of WEB_CONFIG_DIR']],
    run: async (context) => context.rows(ORDERS, await (await openWorkspace(context)).list()),
  },
  {
    name: 'host-status',
    summary: 'show the progress of an order, from the files on the processing host',
    details: DETAILS,
    arguments: [ID_ARGUMENT],
    options: [SOURCE],
    examples: [['sdc scops host-status GB13_08_2014_21720180307152902', 'its products']],
    run: async (context) => {
      const workspace = await openWorkspace(context);
      await show(context, await workspace.status(context.input.argument('id'), { signal: context.signal }));
    },
  },
  {
    name: 'host-watch',
    summary: 'follow an order until it ends, from the files on the processing host',
    details: DETAILS,
    arguments: [ID_ARGUMENT],
    options: [SOURCE, ...WAIT_OPTIONS],
    examples: [['sdc scops host-watch GB13_08_2014_21720180307152902', 'until all products have ended']],
    run: async (context) => {
      const workspace = await openWorkspace(context);
      await showEnd(context, workspace.watch(context.input.argument('id'), waitOptions(context)));
    },
  },
  {
    name: 'host-products',
    summary: 'list the archives of an order on the processing host',
    details: DETAILS,
    arguments: [ID_ARGUMENT],
    examples: [['sdc scops host-products GB13_08_2014_21720180307152902', 'names, sizes, places']],
    run: async (context) =>
      context.rows(PRODUCTS, await (await openWorkspace(context)).products(context.input.argument('id'))),
  },
  {
    name: 'host-plugins',
    summary: 'list and check the plugins on the processing host',
    details: DETAILS,
    options: [
      { flags: '--plugin-directory <folder>', text: 'default: the one that the newest order names' },
      { flags: '--plugin-args <names>', text: 'argument names that plugin_args adds to the call', many: true },
    ],
    examples: [['sdc scops host-plugins', 'what is wrong with each plugin']],
    run: async (context) => {
      const plugins = await (await openWorkspace(context)).plugins();
      await context.rows(PLUGINS, plugins);
      for (const { name, problems } of plugins)
        if (problems.length > 0) context.outcome.failed(name, new Error(problems.join('; ')));
        else context.outcome.done();
    },
  },
];
