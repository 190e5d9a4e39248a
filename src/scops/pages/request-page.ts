import { defined } from '../../core/util/defined.js';
import type { HtmlNode } from '../../core/html/page.js';
import { ELEVATION_MODELS, INTERPOLATIONS } from '../centre.js';
import { isOrderable, sensorOf } from '../names/lines.js';
import type { Flight, FlightLine, GeoBounds } from '../types.js';
import { bandsOf } from './band-math-page.js';
import { inputValue, missing, type ReadPage } from './read-page.js';

const SELECTORS = {
  form: 'form[action="progress"]',
  lineCheck: /^(.+)_line_check$/u,
  projection: 'projectionRadios',
  interpolation: 'optionsIntRadios',
  dem: 'optionsDemRadios',
  pixelSize: 'select[name="pixel_size_x"]',
} as const;
const ZONE = /^UTM zone (\d{1,2}[NS])$/u;

/** Whether the page is a request form: success is judged by content, since failures come with status 200, too (pitfall 11). */
export function isRequestPage(page: HtmlNode): boolean {
  return page.first(SELECTORS.form) !== undefined && inputValue(page, 'project') !== undefined;
}

export function readRequestPage(read: ReadPage): Flight {
  const { page } = read;
  const hidden = (name: string): string => {
    const value = inputValue(page, name);
    if (value === undefined) throw missing(read, `input[name="${name}"]`);
    return value;
  };
  const form = {
    project: hidden('project'),
    year: hidden('year'),
    julianday: hidden('julianday'),
    sortie: inputValue(page, 'sortie') ?? 'None',
  };
  const sortie = form.sortie === 'None' || form.sortie === '' ? undefined : form.sortie;
  return defined({
    project: form.project,
    year: numberOf(form.year, 'input[name="year"]', read),
    day: numberOf(form.julianday, 'input[name="julianday"]', read),
    sortie,
    lines: linesOf(read),
    bounds: boundsOf(read),
    ...projectionsOf(page),
    ...pixelSizesOf(read),
    ...defaultsOf(page),
    form,
  });
}

function numberOf(text: string, selector: string, read: ReadPage): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw missing(read, `a number in ${selector}`);
  return value;
}

function linesOf(read: ReadPage): FlightLine[] {
  const names = read.page
    .all('input')
    .flatMap((input) => SELECTORS.lineCheck.exec(input.attr('name') ?? '')?.[1] ?? []);
  if (names.length === 0) throw missing(read, 'input[name$="_line_check"]');
  const selects = new Map(read.page.all('select').map((select) => [select.attr('name') ?? '', select]));
  return [...new Set(names)].map((name) => {
    const select = selects.get(`${name}_band_start`);
    if (select === undefined) throw missing(read, `select[name="${name}_band_start"]`);
    return { name, sensor: sensorOf(name), bands: bandsOf(select), orderable: isOrderable(name) };
  });
}

function boundsOf(read: ReadPage): GeoBounds {
  const degrees = (name: string): number => numberOf(inputValue(read.page, name) ?? '', `input[name="${name}"]`, read);
  return { north: degrees('bound_n'), south: degrees('bound_s'), east: degrees('bound_e'), west: degrees('bound_w') };
}

function projectionsOf(
  page: HtmlNode,
): Pick<Flight, 'projections' | 'isUk'> & Partial<Pick<Flight, 'defaultProjection' | 'utmZone'>> {
  const radios = radiosOf(page, SELECTORS.projection);
  const usable = (value: string | undefined): value is string =>
    value !== undefined && value !== 'proj_string' && value !== 'utm' && value !== '';
  const projections = radios.map((radio) => radio.attr('value')).filter(usable);
  const checked = checkedOf(radios);
  const zone = projections.map((one) => ZONE.exec(one)?.[1]).find((one) => one !== undefined);
  return defined({
    projections,
    isUk: projections.includes('UKBNG'),
    defaultProjection: usable(checked) ? checked : undefined,
    utmZone: zone,
  });
}

/** The selected size is the optimal one; where that cannot be selected, older and newer pages may still write it out. */
function pixelSizesOf(read: ReadPage): Pick<Flight, 'pixelSizes'> & Partial<Pick<Flight, 'optimalPixelSize'>> {
  const select = read.page.first(SELECTORS.pixelSize);
  if (select === undefined) throw missing(read, SELECTORS.pixelSize);
  const options = select.all('option').map((option) => ({
    size: Number(option.attr('value') ?? option.text),
    selected: option.attr('selected') !== undefined,
  }));
  const pixelSizes = options.map(({ size }) => size).filter((size) => Number.isFinite(size) && size > 0);
  if (pixelSizes.length === 0) throw missing(read, `${SELECTORS.pixelSize} option`);
  const written = Number(/optim[ae]l[ _]pixel[^0-9]{0,40}(\d+(?:\.\d+)?)/iu.exec(read.page.text)?.[1]);
  const optimal = options.find(({ selected }) => selected)?.size ?? written;
  return defined({ pixelSizes, optimalPixelSize: Number.isFinite(optimal) && optimal > 0 ? optimal : undefined });
}

function radiosOf(page: HtmlNode, name: string): HtmlNode[] {
  return page.all('input').filter((input) => input.attr('name') === name);
}

/** The last one counts, as in browsers. */
function checkedOf(radios: readonly HtmlNode[]): string | undefined {
  return radios
    .filter((radio) => radio.attr('checked') !== undefined)
    .at(-1)
    ?.attr('value');
}

function defaultsOf(page: HtmlNode): Pick<Flight, 'defaultInterpolation' | 'defaultDem'> {
  const interpolation = INTERPOLATIONS.find((one) => one === checkedOf(radiosOf(page, SELECTORS.interpolation)));
  const dem = ELEVATION_MODELS.find((one) => one === checkedOf(radiosOf(page, SELECTORS.dem)));
  return defined({
    defaultInterpolation: interpolation,
    defaultDem: dem,
  });
}
