import { setValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import { redirect } from './answers.js';
import type { SiteCall } from './call.js';
import { need, type Form } from './form.js';

/** `/bandratio/req`: adds equations and plugins to a config; an unknown source makes a stub (pitfall 3). */
export function bandMathRequest({ world, form, origin }: SiteCall): Response {
  const source = need(form, 'source');
  const level = need(form, 'lev1_mapped');
  const config = world.loadConfig(source);
  if (!level.includes('lev1')) throw new PythonError('NameError: no such band maths');
  store(config, form, { flag: 'equation_flag_', key: 'eq_', separator: '_' });
  store(config, form, { flag: 'plugin_flag_', key: 'plugin_', separator: '__' });
  setValue(config, 'DEFAULT', 'bandratioset', 'True');
  world.saveConfig(source, config);
  return redirect(world, origin, 'success');
}

interface Kind {
  readonly flag: string;
  readonly key: string;
  readonly separator: string;
}

/** Every other field whose name merely contains that of an equation counts as a tick (pitfall 33). */
function store(config: ConfigFile, form: Form, { flag, key, separator }: Kind): void {
  for (const [field, value] of form.fields) {
    if (!field.includes(flag)) continue;
    const name = field.replaceAll(flag, '');
    setValue(config, 'DEFAULT', `${key}${name}`, value);
    for (const other of form.fields.keys()) {
      if (other.includes(flag) || !other.includes(name)) continue;
      setValue(config, other.replaceAll(`${separator}${name}`, ''), `${key}${name}`, 'True');
    }
  }
}
