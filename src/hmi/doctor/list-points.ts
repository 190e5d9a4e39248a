import type { PointSpec } from '../../core/doctor/examine.js';
import { saw } from '../../core/doctor/finding.js';
import type { HmiContext } from '../context.js';
import { LINK_COLUMNS, TIME_COLUMNS } from '../decode/generations.js';
import { linkParts } from '../decode/link-parts.js';
import { messageOf } from '../errors.js';
import { DESCRIPTION_ROUTE, recordsRoute, UI_ROUTE } from '../routes.js';
import { ask, BEFORE, firstLink, firstRow, HOUR, listing } from './questions.js';
import { isRecord } from '../../core/util/records.js';

/** The service's own pages, and its lists. */
export const LIST_POINTS: readonly PointSpec<HmiContext>[] = [
  {
    id: 'ui',
    what: 'The page of the service',
    known: '200 text/html at ui/',
    look: async (visit) => {
      const page = await ask(visit, 'ui', UI_ROUTE);
      return saw(page.words, page.status === 200 && page.type === 'text/html');
    },
  },
  {
    id: 'description',
    what: 'The description of the service',
    known: 'Swagger 2.0 at swagger.json, or 404',
    look: async (visit) => {
      const answer = await ask(visit, 'description', DESCRIPTION_ROUTE);
      if (answer.status === 404) return saw('404', true);
      const value = answer.okJson();
      const version = isRecord(value) ? value.swagger : undefined;
      return saw(`swagger ${typeof version === 'string' ? version : 'unknown'}`, version === '2.0');
    },
  },
  {
    id: 'list.array',
    what: 'A list of records',
    known: '200, a bare JSON array',
    look: async (visit) => {
      const value = (await listing(visit)).answer.okJson();
      return Array.isArray(value)
        ? saw(`an array of ${value.length}`, true)
        : saw(messageOf(value) === undefined ? 'no array' : 'a message', false);
    },
  },
  {
    id: 'list.time',
    what: 'The time of a record',
    known: `${TIME_COLUMNS.join(' or ')}, ISO 8601 with Z`,
    look: async (visit) => {
      const row = await firstRow(visit);
      const column = TIME_COLUMNS.find((name) => typeof row[name] === 'string');
      if (column === undefined) return saw(`columns ${Object.keys(row).join(', ')}`, false);
      return saw(column, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/u.test(String(row[column])));
    },
  },
  {
    id: 'list.links',
    what: 'The links of a record',
    known: LINK_COLUMNS.map(({ column, isList }) => `${column}${isList ? '[]' : ''}`).join(' or '),
    look: async (visit) => {
      const row = await firstRow(visit);
      const found = LINK_COLUMNS.find(({ column, isList }) =>
        isList ? Array.isArray(row[column]) : typeof row[column] === 'string',
      );
      return found === undefined ? saw(`columns ${Object.keys(row).join(', ')}`, false) : saw(found.column, true);
    },
  },
  {
    id: 'list.link-form',
    what: 'The form of a link',
    known: '/HMI/<series>/… with record number and segment, or with series and time (first generation)',
    look: async (visit) => {
      const link = await firstLink(visit);
      if (!URL.canParse(link) || !new URL(link).pathname.includes('/HMI/')) return saw('another form', false);
      const { recnum, lastPart } = linkParts(link);
      if (recnum !== undefined) return saw('record number and segment', true);
      return /_\d{8}_\d{6}$/u.test(lastPart) ? saw('series and time', true) : saw('another form', false);
    },
  },
  {
    id: 'list.link-host',
    what: 'The host that links name',
    known: 'that of the request, or one of the project',
    look: async (visit) => {
      const link = await firstLink(visit);
      const host = URL.canParse(link) ? new URL(link).origin : 'none';
      const own = visit.op.http.baseUrl.origin;
      if (host === own) return saw('that of the request', true);
      return saw(host, visit.op.context.links.allowedOrigins.has(host));
    },
  },
  {
    id: 'list.empty',
    what: 'A range without records',
    known: '200 []',
    look: async (visit) => {
      const { series } = await listing(visit);
      const answer = await ask(visit, 'list-empty', recordsRoute(series), BEFORE);
      const value = answer.okJson();
      return saw(
        Array.isArray(value) ? `an array of ${value.length}` : 'no array',
        Array.isArray(value) && value.length === 0,
      );
    },
  },
  {
    id: 'list.start-missing',
    what: 'A list without start',
    known: '400 with a problem document',
    look: async (visit) => {
      const { series } = await listing(visit);
      const answer = await ask(visit, 'list-without-start', recordsRoute(series), { end: HOUR.end });
      return saw(answer.words, answer.status === 400 && messageOf(answer.json()) !== undefined);
    },
  },
  {
    id: 'list.end-before-start',
    what: 'A range that ends before it begins',
    known: '200 [], or 400 with words',
    look: async (visit) => {
      const { series } = await listing(visit);
      const range = { start: HOUR.end, end: HOUR.start };
      const answer = await ask(visit, 'list-end-before-start', recordsRoute(series), range);
      if (answer.status !== 200) return saw(answer.words, answer.status === 400);
      const value = answer.json();
      return saw(answer.words, Array.isArray(value) && value.length === 0);
    },
  },
  {
    id: 'list.unknown-series',
    what: 'A series that does not exist',
    known: '404, 400 or 500 with words, a message, or []',
    look: async (visit) => {
      const answer = await ask(visit, 'list-unknown-series', recordsRoute('hmi.sdc_doctor'), HOUR);
      if (answer.status !== 200) return saw(answer.words, [400, 404, 500].includes(answer.status));
      const value = answer.json();
      const isEmpty = Array.isArray(value) && value.length === 0;
      return saw(isEmpty ? '200 []' : answer.words, isEmpty || messageOf(value) !== undefined);
    },
  },
  {
    id: 'unknown-route',
    what: 'An address that does not exist',
    known: '404 with a problem document',
    look: async (visit) => {
      const answer = await ask(visit, 'unknown-route', 'sdc-doctor/');
      return saw(answer.words, answer.status === 404 && messageOf(answer.json()) !== undefined);
    },
  },
];
