import { escapeHtml } from '../../kit/html.js';
import { formatFloat } from '../python/numbers.js';
import { MASKS, PIXEL_SIZES } from '../settings.js';
import type { ScopsSampleFlight, ScopsSampleLine } from '../types.js';
import { isUk, utmZone } from '../world/flights.js';
import type { World } from '../world/world.js';

const MASK_LABELS: Readonly<Record<string, string>> = {
  u: 'Underflows',
  o: 'Overflows',
  m: 'Uncorrected Smear',
  n: 'Dropped Scans',
  r: 'Corrupt raw data',
  q: 'Quality control failures',
};

/**
 * The form of section 18.1, with its unquoted values, missing values and repeated ids, a table that holds the end of the
 * `div` around it, and paragraphs that are opened twice.
 */
export function requestForm(world: World, flight: ScopsSampleFlight, optimalPixel: number): string {
  const { project, year, day, sortie = 'None' } = flight;
  return `<h1>Submit processing job for Project Code: ${escapeHtml(project)} Julian Day: ${day} Year: ${year} </h1>
<form class="form-horizontal" action="progress" method="post" enctype="multipart/form-data" onsubmit="return check_form();">
<label>Email</label><input type="text" name="email" pattern="[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,3}$" required>
<div class="panel panel-default"><div class="panel-body">
<div class="table-responsive">
<table class="table"><tbody>
<tr><td><input type="checkbox" id="all_lines_check" name="process_all_lines" checked=""></td><td></td><td>All lines</td></tr>
${flight.lines.map((line) => lineRow(line)).join('\n')}
</tbody>
</div>
</table>
</div></div>
<p>Masking <p>Cells of these kinds are masked</p>
${masks()}
${demChoice()}
${projections(flight)}
${pixels(world, optimalPixel)}
${bounds(world, flight)}
${radio('optionsIntRadios', ['nearest', 'bilinear', 'cubic'])}
<input type="hidden" name="julianday" value="${day}">
<input type="hidden" name="sortie" value="${escapeHtml(sortie)}">
<input type="hidden" name="year" value="${year}">
<input type="hidden" name="project" value="${escapeHtml(project)}">
<input type="checkbox" name="bandratio" id="bandratio">I want to do band maths</input>
<button type="submit" class="btn btn-default">Submit</button>
</form>
<p>Please cite Warren et al. 2014, doi 10.1016/j.cageo.2013.11.006</p>`;
}

/** Text of a band as the project database holds it. */
export function bandLabel(band: number, wavelength: number): string {
  return `${band}(${formatFloat(Math.round(wavelength * 100) / 100, 'full')}nm)`;
}

function lineRow({ name, wavelengths }: ScopsSampleLine): string {
  const options = (selected: number): string =>
    wavelengths
      .map((wavelength, index) => {
        const mark = index + 1 === selected ? " selected=''" : '';
        return `<option value="${index + 1}"${mark}>${bandLabel(index + 1, wavelength)}</option>`;
      })
      .join('');
  return `<tr><td><input type="checkbox" id="line_checkboxes" name="${name}_line_check" checked=""></td><td>&nbsp</td><td>${name}</td>
<td><select name="${name}_band_start">${options(0)}</select></td>
<td><select name="${name}_band_stop">${options(wavelengths.length)}</select></td></tr>`;
}

function masks(): string {
  const boxes = Array.from(MASKS, (letter) => {
    const label = MASK_LABELS[letter] ?? `Method ${letter.toUpperCase()}`;
    return `<input type="checkbox" name="mask_check_${letter}"  checked="">${label}`;
  });
  return [
    '<input type="checkbox" name="mask_all_check" checked="">Mask all',
    '<input type="checkbox" name="mask_none_check">Mask none',
    ...boxes,
  ].join('\n');
}

function demChoice(): string {
  return `<input type="radio" name="optionsDemRadios" value="aster" checked="" onclick="disable_upload()">ASTER
<input type="radio" name="optionsDemRadios" value="srtm" onclick="disable_upload()">SRTM
<input type="radio" name="optionsDemRadios" value="upload" onclick="enable_upload()">Upload
<input type="file" name="file" value"">
<input type="radio" name="optionsDemUploadRadios" value="hdr_true" disabled>Header file
<input type="file" name="header_file" value="">
<input type="radio" name="optionsDemUploadRadios" value="hdr_false" disabled>No header file
<input type="radio" name="optionsDemUploadRadios" value="ftp_true" disabled>I will send the DEM by FTP`;
}

function projections(flight: ScopsSampleFlight): string {
  const zone = utmZone(flight);
  const uk = isUk(flight);
  const utm =
    zone === undefined
      ? '<input type="radio" name="projectionRadios" value="utm" checked="">UTM'
      : `<input type="radio" name="projectionRadios" value="${zone}" ${uk ? '' : 'checked=""'}>${zone}`;
  const grid = '<input type="radio" name="projectionRadios" value="UKBNG" checked="">UK British National Grid';
  const free =
    '<input type="radio" name="projectionRadios" value="proj_string">Proj string <input type="text" name="projString" placeholder="proj">';
  return [utm, ...(uk ? [grid] : []), free].join('\n');
}

/** An optimal size that is none of the fourteen selects no option (pitfall 14). */
function pixels(world: World, optimal: number): string {
  const text = (size: number): string => formatFloat(size, world.settings.host.floats);
  const options = PIXEL_SIZES.map((size) => `<option ${size === optimal ? 'selected' : ''}>${text(size)}</option>`);
  const selects = ['x', 'y'].map((axis) => `<select name="pixel_size_${axis}">${options.join('')}</select>`);
  return `${selects.join('\n')}
<input type="checkbox" name="pixel_check" checked=''>Square pixels
<p>Optimal pixel size: ${text(optimal)}</p>`;
}

function bounds(world: World, { bounds: { north, south, east, west } }: ScopsSampleFlight): string {
  const text = (value: number): string => formatFloat(value, world.settings.host.floats);
  return `<input id="bound_n" name="bound_n" onblur="check_bounds()" value=${text(north)} >
<input id="bound_s" name="bound_s" onblur="check_bounds()" value=${text(south)}>
<input id="bound_e" name="bound_e" onblur="check_bounds()" value=${text(east)}>
<input id="bound_w" name="bound_w" onblur="check_bounds()" value=${text(west)}>`;
}

function radio(name: string, values: readonly string[]): string {
  return values
    .map(
      (value, index) =>
        `<input type="radio" name="${name}" value="${value}"${index === 0 ? ' checked=""' : ''}>${value}`,
    )
    .join('\n');
}
