import { PythonError } from '../python/error.js';
import { writeConfig, type ConfigFile } from '../python/config-file.js';
import { dictOrder } from '../python/dict.js';
import { findFlight } from '../world/flights.js';
import { mailConfirmation } from '../world/mail.js';
import { stamp } from '../world/stamp.js';
import type { World } from '../world/world.js';
import { failurePage, redirect } from './answers.js';
import type { SiteCall } from './call.js';
import { saveDem } from './dem-upload.js';
import { need, type Form } from './form.js';
import { orderConfig } from './order-config.js';
import { isValid } from './validation.js';

/** `/progress`: checks the form, writes the config, sends mail 1. */
export function submitOrder({ world, form, origin }: SiteCall): Response {
  const names =
    world.settings.host.dictionaryOrder === 'sent' ? [...form.fields.keys()] : dictOrder(form.fields.keys());
  if (!isValid(names.map((name) => [name, form.fields.get(name) ?? '']))) {
    return failurePage('Validation Failed!', 'Something went wrong validating your inputs, if the problem persists');
  }
  const demPath = form.fields.get('optionsDemUploadRadios') === 'ftp_true' ? undefined : saveDem(world, form);
  const project = need(form, 'project');
  const flight = findFlight(world, {
    project,
    year: need(form, 'year'),
    day: need(form, 'julianday'),
    sortie: need(form, 'sortie'),
  });
  if (flight === undefined) throw new PythonError('IndexError: no such project, day and sortie');
  const config = orderConfig({ world, form, flight, names, demPath });
  const configName = nameOf(world, form);
  // Whatever goes wrong from here on is swallowed, and shows as the name 0 at most (pitfall 16).
  const stored = store(world, configName, config, form, project);
  if (!form.fields.has('bandratio')) return redirect(world, origin, 'success');
  return redirect(
    world,
    origin,
    `bandratio/${stored ? encodeURIComponent(configName) : '0'}?project=${encodeURIComponent(project)}`,
  );
}

/** To the second; two orders of one project and day in one second share a file (pitfall 15). */
function nameOf(world: World, form: Form): string {
  const parts = ['project', 'year', 'julianday'].map((field) => need(form, field));
  return [...parts, stamp(world.now, world.settings.timeZone)].join('_');
}

function store(world: World, configName: string, config: ConfigFile, form: Form, project: string): boolean {
  const { host, skipConfirmation } = world.settings;
  const text = writeConfig(config);
  const foreign = host.configText === 'ascii' ? text.search(/[^\p{ASCII}]/u) : -1;
  if (foreign >= 0) {
    world.disk.write(world.configPath(configName), text.slice(0, text.lastIndexOf('\n', foreign) + 1));
    return false;
  }
  world.disk.write(world.configPath(configName), text);
  if (skipConfirmation) return true;
  try {
    mailConfirmation(world, need(form, 'email'), configName, project);
    return true;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}
