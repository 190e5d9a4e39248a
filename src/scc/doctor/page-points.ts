import type { PointSpec } from '../../core/doctor/examine.js';
import { notAsked, saw, sawAll } from '../../core/doctor/finding.js';
import { parsePage } from '../../core/html/page.js';
import type { SccContext } from '../context.js';
import { readMeasurementId, readProductLinks } from '../pages/measurement-page.js';
import * as routes from '../routes.js';
import { idOf, inside, NO_MEASUREMENT } from './questions.js';

const UPLOAD_FIELDS = ['data', 'system', 'sounding_file', 'overlap_file', 'lidar_ratio_file'];

/** The pages of the site. */
export const PAGE_POINTS: readonly PointSpec<SccContext>[] = [
  {
    id: 'upload.form',
    what: 'The upload form',
    known: `200, the fields ${UPLOAD_FIELDS.join(', ')}`,
    look: async (visit) => {
      const answer = (await inside(visit, 'upload-form', routes.UPLOAD_ROUTE)).requireStatus(200);
      const form = await parsePage(answer.text);
      return sawAll(UPLOAD_FIELDS, (name) => form.first(`[name=${name}]`) !== undefined);
    },
  },
  {
    id: 'measurement.page',
    what: 'The page of a measurement',
    known: 'h3 “Measurement <id>”',
    look: async (visit) => {
      const id = await idOf(visit);
      const answer = (await inside(visit, 'measurement-page', routes.measurementRoute(id))).requireStatus(200);
      const found = await readMeasurementId(answer.text);
      return saw(found === undefined ? 'no such heading' : 'the heading', found === id);
    },
  },
  {
    id: 'measurement.downloads',
    what: 'The downloads of a measurement',
    known: 'links …/<id>/download-<product>/',
    look: async (visit) => {
      const id = await idOf(visit);
      const { text, url } = (await inside(visit, 'measurement-page', routes.measurementRoute(id))).requireStatus(200);
      const links = await readProductLinks(text, url, id);
      return links.length === 0 ? notAsked('its page links none') : saw(links.map(({ name }) => name).join(', '), true);
    },
  },
  {
    id: 'product.missing',
    what: 'A product that does not exist',
    known: '404, or a page or a redirect in its place',
    look: async (visit) => {
      const answer = await inside(visit, 'product-missing', routes.productRoute(NO_MEASUREMENT, 'hirelpp'));
      const isPage = answer.status === 200 && answer.type === 'text/html';
      return saw(answer.words, answer.status === 404 || answer.status === 302 || isPage);
    },
  },
];
