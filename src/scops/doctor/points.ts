import type { PointSpec } from '../../core/doctor/examine.js';
import { saw, sawAll } from '../../core/doctor/finding.js';
import { MASKS } from '../centre.js';
import type { ScopsContext } from '../context.js';
import { says } from '../errors.js';
import { isRequestPage, readRequestPage } from '../pages/request-page.js';
import { heading, questions, requestForm } from './questions.js';

const FIELDS = ['email', 'project', 'year', 'julianday', 'sortie', 'bandratio', 'optionsDemRadios', 'projString'];

/** What the site answers without and with the login, and the request form. */
export const POINTS: readonly PointSpec<ScopsContext>[] = [
  {
    id: 'login',
    what: 'The request page without the login',
    known: '401 with WWW-Authenticate: Basic, the project as realm',
    look: async (visit) => {
      const answer = await questions.withoutLogin(visit);
      const header = answer.header('www-authenticate') ?? '';
      const holds = answer.status === 401 && header === `Basic realm="${visit.op.context.project}"`;
      return saw(`${answer.status} ${header.split(' ', 1)[0] ?? ''}`, holds);
    },
  },
  {
    id: 'login.project',
    what: 'The request page without a project',
    known: '400',
    look: async (visit) => {
      const { words, status } = await questions.withoutProject(visit);
      return saw(words, status === 400);
    },
  },
  {
    id: 'login.cookies',
    what: 'Cookies',
    known: 'none',
    look: async (visit) => {
      const cookies = (await questions.unknownFlight(visit)).headers.getSetCookie();
      return saw(cookies.map((cookie) => cookie.split('=', 1)[0]).join(', ') || 'none', cookies.length === 0);
    },
  },
  {
    id: 'clock',
    what: 'The clock of the server',
    known: 'in the header Date',
    look: async (visit) => {
      const date = (await questions.unknownFlight(visit)).header('date');
      return saw(date === undefined ? 'no Date' : 'Date', date !== undefined && !Number.isNaN(Date.parse(date)));
    },
  },
  {
    id: 'flight.unknown',
    what: 'A flight that does not exist',
    known: '404, or 200 with the heading “Project not found!” (2017)',
    look: async (visit) => {
      const answer = await questions.unknownFlight(visit);
      if (answer.status === 404) return saw('404', true);
      const words = await heading(answer);
      return saw(answer.words, answer.status === 200 && (says(words, 'no project') || says(words, 'no delivery')));
    },
  },
  {
    id: 'flights',
    what: 'The page for demonstrations',
    known: '200 with links to jobrequest?…, without a login',
    look: async (visit) => {
      const answer = await questions.flights(visit);
      return saw(answer.words, answer.status === 200 && answer.text.includes('jobrequest?'));
    },
  },
  {
    id: 'request.form',
    what: 'The request form',
    known: 'form[action="progress"] with the project',
    look: async (visit) => {
      const { page } = await requestForm(visit);
      return saw(isRequestPage(page) ? 'the form' : 'another page', isRequestPage(page));
    },
  },
  {
    id: 'request.fields',
    what: 'The fields of the request form',
    known: FIELDS.join(', '),
    look: async (visit) => {
      const { page } = await requestForm(visit);
      const names = new Set(page.all('input').map((input) => input.attr('name')));
      return sawAll(FIELDS, (name) => names.has(name));
    },
  },
  {
    id: 'request.flight',
    what: 'The flight in the request form',
    known: 'lines with bands, bounds, pixel sizes',
    look: async (visit) => {
      const { lines, pixelSizes } = readRequestPage(await requestForm(visit));
      return saw(
        `${lines.length} lines, ${pixelSizes.length} pixel sizes`,
        lines.every(({ bands }) => bands.length > 0),
      );
    },
  },
  {
    id: 'request.masks',
    what: 'The masks of the request form',
    known: Object.values(MASKS)
      .map((letter) => `mask_check_${letter}`)
      .join(', '),
    look: async (visit) => {
      const { page } = await requestForm(visit);
      const names = new Set(page.all('input').map((input) => input.attr('name')));
      return sawAll(Object.values(MASKS), (letter) => names.has(`mask_check_${letter}`));
    },
  },
  {
    id: 'success',
    what: 'The page after an order',
    known: '200, the heading “Processing”, without a login',
    look: async (visit) => {
      const answer = await questions.success(visit);
      return saw(answer.words, answer.status === 200 && (await heading(answer)) === 'Processing');
    },
  },
  {
    id: 'status.unknown',
    what: 'The status of an order that does not exist',
    known: '500',
    look: async (visit) => {
      const { words, status } = await questions.unknownStatus(visit);
      return saw(words, status === 500);
    },
  },
  {
    id: 'download.unknown',
    what: 'The archive of an order that does not exist',
    known: '200, a text: “does not exist”',
    look: async (visit) => {
      const answer = await questions.unknownArchive(visit);
      return saw(answer.words, answer.status === 200 && says(answer.text, 'absent'));
    },
  },
  {
    id: 'download.unknown-product',
    what: 'A product of an order that does not exist',
    known: '200, a text: “does not exist”',
    look: async (visit) => {
      const answer = await questions.unknownProduct(visit);
      return saw(answer.words, answer.status === 200 && says(answer.text, 'absent'));
    },
  },
  {
    id: 'unknown-route',
    what: 'An address that does not exist',
    known: '404, the heading “Not Found”',
    look: async (visit) => {
      const answer = await questions.unknownRoute(visit);
      return saw(answer.words, answer.status === 404 && (await heading(answer)) === 'Not Found');
    },
  },
];
