import { escapeHtml } from '../../kit/html.js';
import { setValue } from '../python/config-values.js';
import { baseName } from '../world/disk.js';
import { templatePage } from './answers.js';
import type { SiteCall } from './call.js';
import { saveDem } from './dem-upload.js';
import { need } from './form.js';
import { findOrder } from './status-source.js';

/** `/dem_error/<id>`: the form for another DEM, with the same reason for any id at all. */
export function demErrorPage({ args: [id = ''] }: SiteCall): Response {
  return templatePage(`<h1>Re-upload your DEM</h1>
<h2>Issue details</h2><p>The dem does not cover enough of the area</p>
<form class="form-horizontal" action="upload" method="post" enctype="multipart/form-data">
<input type="radio" name="optionsDemRadios" value="aster">ASTER
<input type="radio" name="optionsDemRadios" value="srtm">SRTM
<input type="radio" name="optionsDemRadios" value="upload" checked="">Upload
<input type="file" name="file" value"">
<input type="radio" name="optionsDemUploadRadios" value="hdr_true" checked="">Header file
<input type="file" name="header_file" value="">
<input type="radio" name="optionsDemUploadRadios" value="hdr_false">No header file
<input type="hidden" name="proj" id="proj" value="${escapeHtml(id)}">
<button type="submit" class="btn btn-default">Submit</button>
</form>`);
}

/**
 * `/dem_error/upload`: no login (pitfall 2). ASTER or SRTM leave the old `dem_name`, so that the bad model is used
 * (pitfall 19).
 */
export function demUpload({ world, form }: SiteCall): Response {
  const id = need(form, 'proj');
  const source = need(form, 'optionsDemRadios');
  const { configPath } = findOrder(world, id);
  const configName = baseName(configPath).replace(/\.cfg$/, '');
  const config = world.loadConfig(configName);
  const saved = saveDem(world, form);
  setValue(config, 'DEFAULT', 'dem', source);
  if (source === 'upload' && saved !== undefined) setValue(config, 'DEFAULT', 'dem_name', saved);
  setValue(config, 'DEFAULT', 'has_error', 'False');
  setValue(config, 'DEFAULT', 'restart', 'True');
  world.saveConfig(configName, config);
  return templatePage(
    '<h1>Processing</h1>\n<p>Your job has been successfully amended and will be processed again.</p>',
  );
}
