import { setValue } from '../python/config-values.js';
import { emptyConfig, type ConfigFile } from '../python/config-file.js';
import { stripCharacters } from '../python/text.js';
import { MASKS, PLUGIN_DIRECTORY } from '../settings.js';
import type { ScopsSampleFlight } from '../types.js';
import { sourceFolder } from '../world/flights.js';
import type { World } from '../world/world.js';
import { need, type Form } from './form.js';

/** What a config is made of. */
export interface OrderSource {
  readonly world: World;
  readonly form: Form;
  readonly flight: ScopsSampleFlight;
  /** Field names in the order in which the host walks them. */
  readonly names: readonly string[];
  /** Server path of a DEM that came with the form. */
  readonly demPath: string | undefined;
}

/** Turns a form into a config, keys in the order of section 13.2. A missing field is 400, a stray percent sign 500. */
export function orderConfig(source: OrderSource): ConfigFile {
  const { world, form, flight, names, demPath } = source;
  const config = emptyConfig();
  const set = (key: string, value: string): void => setValue(config, 'DEFAULT', key, value);
  const field = (name: string): string => need(form, name);
  const ftp = form.fields.get('optionsDemUploadRadios') === 'ftp_true';
  const bandRatio = form.fields.get('bandratio');
  const legacy = world.settings.generation === 'a';

  set('julianday', field('julianday'));
  set('year', field('year'));
  set('sortie', field('sortie'));
  set('project_code', field('project'));
  set('projection', field('projectionRadios'));
  set('sourcefolder', sourceFolder(flight));
  // A substring of "on", the empty text included.
  set('bandratio', pythonBoolean(bandRatio !== undefined && 'on'.includes(bandRatio)));
  for (const key of ['bandratioset', 'bandratiomappedset', 'bandratiolev1complete', 'bandratiomappedcomplete']) {
    set(key, 'False');
  }
  set('has_error', 'False');
  set('restart', 'False');
  set('ftp_dem', pythonBoolean(ftp));
  set('ftp_dem_confirmed', 'False');
  if (!legacy) set('plugin_directory', PLUGIN_DIRECTORY);
  set('projstring', form.fields.get('projString') ?? '');
  set('dem', field('optionsDemRadios'));
  if (ftp) set('dem_name', '');
  else if (field('optionsDemRadios') === 'upload' && demPath !== undefined && !legacy) set('dem_name', demPath);
  set('bounds', ['n', 'e', 's', 'w'].map((side) => field(`bound_${side}`)).join(' '));
  set('email', field('email'));
  set('interpolation', field('optionsIntRadios'));
  set('pixelsize', `${field('pixel_size_x')} ${field('pixel_size_y')}`);
  set('submitted', 'False');
  set('confirmed', pythonBoolean(world.settings.skipConfirmation));
  set('status_email_sent', 'False');
  set('masking', masking(names));
  addLines(config, form, names);
  return config;
}

/** The first "all" or "none" met ends the walk; else the letters add up, and none at all gives an empty text. */
function masking(names: readonly string[]): string {
  let letters = '';
  for (const name of names.filter((candidate) => candidate.includes('mask'))) {
    if (name === 'mask_none_check') return 'none';
    if (name === 'mask_all_check') return MASKS;
    letters += name.slice(-1);
  }
  return letters;
}

/**
 * One section a ticked line. The name is found by stripping characters, not the suffix, so that Eagle and Hawk lines
 * lose their first letter, and the look-up that follows fails with 400 (pitfall 13).
 */
function addLines(config: ConfigFile, form: Form, names: readonly string[]): void {
  for (const name of names.filter((candidate) => candidate.includes('_line_check'))) {
    const line = stripCharacters(name, '_line_check');
    const ticked = 'on'.includes(need(form, `${line}_line_check`)) || 'on'.includes(need(form, 'process_all_lines'));
    config.sections.set(line, new Map());
    setValue(config, line, 'process', ticked ? 'true' : 'false');
    setValue(config, line, 'band_range', `${need(form, `${line}_band_start`)}-${need(form, `${line}_band_stop`)}`);
  }
}

function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}
