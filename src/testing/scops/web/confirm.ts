import { setValue } from '../python/config-values.js';
import { PythonError } from '../python/error.js';
import { templatePage } from './answers.js';
import type { SiteCall } from './call.js';

/** `/confirm/<config>`: sets one key, whether or not the config exists; a stub stops the minute job (pitfall 3). */
export function confirmOrder({ world, args: [name = ''] }: SiteCall): Response {
  if (name.includes('/')) throw new PythonError('FileNotFoundError: no such folder');
  const config = world.loadConfig(name);
  setValue(config, 'DEFAULT', 'confirmed', 'True');
  world.saveConfig(name, config);
  return templatePage(
    '<title>Request successfully confirmed.</title>\n<h1>Processing</h1>\n' +
      '<p>Your request has been confirmed and will be processed. Request successfully confirmed.</p>',
  );
}
