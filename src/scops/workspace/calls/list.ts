import { reading, type WorkspaceCall } from '../call.js';
import { orderOf, readConfigs } from '../config-files.js';
import type { WorkspaceOrder } from '../types.js';

/** All config files, and the state of each order. */
export async function list(call: WorkspaceCall): Promise<WorkspaceOrder[]> {
  const { webConfigDir } = call.environment;
  const files = await reading(call, `${webConfigDir} (WEB_CONFIG_DIR)`, () => readConfigs(webConfigDir));
  return Promise.all(files.map((file) => orderOf(file, call.environment)));
}
