import { escapeHtml } from '../../kit/html.js';
import { getValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { formatFloat } from '../python/numbers.js';
import { BASE_PATH } from '../settings.js';
import { templatePage } from './answers.js';
import type { SiteCall } from './call.js';
import { findOrder, productsOf, type ProductStatus } from './status-source.js';

const DETAILS = [
  ['projection', 'projection'],
  ['pixel size', 'pixelsize'],
  ['bounds', 'bounds'],
  ['interpolation', 'interpolation'],
  ['projstring', 'projstring'],
  ['dem', 'dem'],
] as const;

/** `/status/<id>`: the page of section 18.3. */
export function statusPage({ world, project, args: [id = ''] }: SiteCall): Response {
  const { config } = findOrder(world, id);
  const products = productsOf(world, id, project);
  const complete = products.filter(({ stage }) => stage.toLowerCase() === 'complete').length;
  // Nought of nought counts as everything (pitfall 20).
  const all = complete === products.length ? 'active' : 'disabled';
  const code = escapeHtml(project);
  return templatePage(`<script> window.setInterval(update_status, 10000, "${escapeHtml(id)}", "${code}"); </script>
<h1>Processing status<a href="${BASE_PATH}downloads/${encodeURI(id)}?project=${code}" class="pull-right btn btn-sm btn-primary ${all}">Download all</a></h1>
<div class="list-group">
${products.map(productBlock).join('\n')}
</div>
<table id="process_details_table" class="table">${details(config)}</table>`);
}

function productBlock(product: ProductStatus): string {
  const { name, stage, flag, link } = product;
  const number = (value: number): string => formatFloat(Math.round(value * 100) / 100, 'full');
  const indicator = flag ? `ERROR: ${stage}` : `Stage: ${stage}`;
  const button = stage.toLowerCase() === 'complete' ? 'active' : 'disabled';
  return `<div class="list-group-item" id="${name}_main">
 <h4>${name}</h4>
 <h4 class="text-center" id="${name}_status_ind">${indicator}</h4>
 <h4 class="text-right" id="${name}_file_size">Unzipped size: ${number(product.filesize)} ${product.bytesize}</h4>
 <div class="progress-bar ${flag ? 'progress-bar-danger' : ' '}" style="width: ${number(product.progress)}%;" id="${name}_progress_indicator"></div>
 <h5 class="text-right" id="${name}_compressed_size">Compressed download size: ${number(product.zipsize)} ${product.zipbyte}</h5>
 <a href="${escapeHtml(link)}" class="pull-right btn btn-sm btn-primary ${button}" id="${name}_download_btn">Download</a>
</div>`;
}

function details(config: ConfigFile): string {
  const equations = [...config.defaults.keys()].filter((key) => key.includes('eq_')).map((key) => [key, key] as const);
  return [...DETAILS, ...equations]
    .map(([label, key]) => `<tr><td>${label}</td><td>${escapeHtml(getValue(config, 'DEFAULT', key))}</td></tr>`)
    .join('');
}
