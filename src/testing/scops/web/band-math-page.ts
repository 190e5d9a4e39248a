import { escapeHtml } from '../../kit/html.js';
import { PythonError } from '../python/error.js';
import { EQUATIONS } from '../settings.js';
import { findLine, flightOfConfig } from '../world/flights.js';
import { templatePage } from './answers.js';
import type { SiteCall } from './call.js';
import { bandLabel } from './request-form.js';

/** `/bandratio/<config>`: 200 for a config that exists, 500 for every other name. */
export function bandMathPage({ world, args: [name = ''] }: SiteCall): Response {
  const config = world.loadConfig(name);
  const flight = flightOfConfig(world, config);
  if (flight === undefined) throw new PythonError('IndexError: no such project and day');
  const lines = [...config.sections.keys()];
  const first = findLine(flight, lines[0] ?? '');
  if (first === undefined) throw new PythonError('IndexError: the first line is not known');
  const known = lines.filter((line) => findLine(flight, line) !== undefined);
  const { plugins, generation } = world.settings;
  // With the database the option value is a bare number, so that equations built on the page hold constants.
  const prefix = generation === 'a' ? 'band' : '';
  const bands = first.wavelengths.map(
    (wavelength, index) => `<option value=${prefix}${index + 1}>${bandLabel(index + 1, wavelength)}</option>`,
  );
  return templatePage(`<h1>Band maths</h1>
<select id="bandselector">${bands.join('')}</select>
<div class="list-group">
${EQUATIONS.map(([equation, text]) => listItem(equation, text)).join('\n')}
</div>
<form class="form-horizontal" action="req" method="post" enctype="multipart/form-data">
${known.map((line) => lineBlock(line, plugins)).join('\n')}
<input type="hidden" name="source" value="${escapeHtml(name)}">
<input type="hidden" name="lev1_mapped" value="lev1">
<input type="hidden" name="project" value="${escapeHtml(flight.project)}"
<div id="equations">
${EQUATIONS.map(([equation, text]) => flag('equation_flag', equation, text)).join('\n')}
${plugins.map((plugin) => flag('plugin_flag', plugin, plugin)).join('\n')}
</div>
<button type="submit" class="btn btn-default">Submit</button>
</form>`);
}

function listItem(name: string, equation: string): string {
  return `<a href="#" class="list-group-item" id="${name}"><h5>${name}</h5><div style="display:none" class="mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><mtext>${equation}</mtext></math></div></a>`;
}

function lineBlock(line: string, plugins: readonly string[]): string {
  const equations = EQUATIONS.map(
    ([name]) => `<input type="checkbox" id="${line}_${name}" name="${line}_${name}"> ${name}`,
  );
  const ticks = plugins.map(
    (plugin) => `<input type="checkbox" id="${line}_${plugin}" name="${line}__${plugin}"> ${plugin}`,
  );
  return [`<h4 class="list-group-item-heading">${line}</h4>`, ...equations, ...ticks].join('\n');
}

function flag(kind: string, name: string, value: string): string {
  return `<input type="hidden" name="${kind}_${name}" id="${kind}_${name}" value="${escapeHtml(value)}">`;
}
