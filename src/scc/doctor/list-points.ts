import type { PointSpec } from '../../core/doctor/examine.js';
import { notAsked, requireForPoint, saw, sawAll } from '../../core/doctor/finding.js';
import { parsePage } from '../../core/html/page.js';
import { RERUN_ACTION, SCC_MODULES, STATUSES } from '../centre.js';
import type { SccContext } from '../context.js';
import { cellDate, cellStatus, readChangelist } from '../pages/changelist.js';
import * as routes from '../routes.js';
import { changelist, firstRow, inside, location } from './questions.js';

const ROW_CELLS = ['id', 'station_id', 'start', 'stop', 'creation_date', 'updated_date'];
const CONSTANT_CELLS = ['measurement_id_display', 'lidar_constant', 'detection_wavelength'];
const NO_DATES = { start__gte: '1900-01-01 00:00:00', start__lt: '1900-01-02 00:00:00' };

/** The lists of the admin. */
export const LIST_POINTS: readonly PointSpec<SccContext>[] = [
  {
    id: 'list.table',
    what: 'The list of measurements',
    known: 'nav.grp-pagination, table#result_list, tr.grp-row',
    look: async (visit) => {
      const { rows } = await changelist(visit);
      return saw(`${rows.length} rows`, rows.length > 0);
    },
  },
  {
    id: 'list.actions',
    what: 'The action that reruns the processing',
    known: `select[name=action] with the option ${RERUN_ACTION}; accounts that may not rerun have no such list`,
    look: async (visit) => {
      const answer = (await inside(visit, 'list', routes.MEASUREMENTS_ADMIN_ROUTE)).requireStatus(200);
      const options = (await parsePage(answer.text)).all('select[name=action] option');
      const actions = options.map((option) => option.attr('value') ?? '').filter((value) => value !== '');
      if (actions.length === 0) return notAsked('the account has no actions there');
      return saw(actions.join(', '), actions.includes(RERUN_ACTION));
    },
  },
  {
    id: 'list.cells',
    what: 'The cells of a measurement in the list',
    known: ROW_CELLS.map((name) => `field-${name}`).join(', '),
    look: async (visit) => {
      const { cells } = await firstRow(visit);
      return sawAll(ROW_CELLS, (name) => cells.has(name));
    },
  },
  {
    id: 'list.modules',
    what: 'The cells of the modules in the list',
    known: 'field-<module>_ok_evo, or field-<module>_ok (before March 2021)',
    look: async (visit) => {
      const { cells } = await firstRow(visit);
      return sawAll(SCC_MODULES, (name) => cells.has(`${name}_ok_evo`) || cells.has(`${name}_ok`));
    },
  },
  {
    id: 'list.states',
    what: 'The icons of the modules in the list',
    known: STATUSES.flatMap(({ icons }) => icons).join(', '),
    look: async (visit) => {
      const { rows } = await changelist(visit);
      const cells = rows.flatMap((row) =>
        SCC_MODULES.flatMap((name) => row.cells.get(`${name}_ok_evo`) ?? row.cells.get(`${name}_ok`) ?? []),
      );
      const unknown = cells.filter(
        (cell) => cellStatus(cell) === 'unknown' && cell.first('img')?.attr('alt') !== 'False',
      );
      return saw(`${unknown.length} of ${cells.length} unknown`, cells.length > 0 && unknown.length === 0);
    },
  },
  {
    id: 'list.dates',
    what: 'The dates in the list',
    known: 'YYYY-MM-DD HH:MM',
    look: async (visit) => {
      const { rows } = await changelist(visit);
      const bad = rows.filter((row) => cellDate(row, 'start') === undefined);
      return saw(`${bad.length} of ${rows.length} cannot be read`, rows.length > 0 && bad.length === 0);
    },
  },
  {
    id: 'list.page-links',
    what: 'The links to other pages',
    known: 'a number as text, and an address with p (from 0 before Django 3.2, from 1 since)',
    look: async (visit) => {
      const list = await changelist(visit);
      if (list.pageCount === 1 && list.rows.length === (list.totalCount ?? list.rows.length))
        return notAsked('the list has one page');
      const second = list.link(2)?.searchParams.get('p');
      const words = `page 2 is p=${second ?? '(none)'}, of ${list.pageCount}`;
      return saw(words, second === '1' || second === '2');
    },
  },
  {
    id: 'list.empty',
    what: 'A search that finds nothing',
    known: '200, nav.grp-pagination without rows',
    look: async (visit) => {
      const answer = await inside(visit, 'list-empty', routes.MEASUREMENTS_ADMIN_ROUTE, NO_DATES);
      answer.requireStatus(200);
      const { rows } = await readChangelist(answer.text, answer.url, visit.op.initAt(answer));
      return saw(`${rows.length} rows`, rows.length === 0);
    },
  },
  {
    id: 'list.unknown-filter',
    what: 'A filter that does not exist',
    known: 'a redirect to ?e=1',
    look: async (visit) => {
      const answer = await inside(visit, 'list-unknown-filter', routes.MEASUREMENTS_ADMIN_ROUTE, { sdc_doctor: '1' });
      const target = location(answer);
      const query = target === undefined ? 'no redirect' : new URL(target).search;
      return saw(`${answer.status} ${query}`, answer.status === 302 && query === '?e=1');
    },
  },
  {
    id: 'lidar-constants',
    what: 'The list of lidar constants',
    known: CONSTANT_CELLS.map((name) => `field-${name}`).join(', '),
    look: async (visit) => {
      const answer = (await inside(visit, 'lidar-constants', routes.LIDAR_CONSTANTS_ADMIN_ROUTE)).requireStatus(200);
      const { rows } = await readChangelist(answer.text, answer.url, visit.op.initAt(answer));
      const { cells } = requireForPoint(rows[0], 'the list shows none');
      return sawAll(CONSTANT_CELLS, (name) => cells.has(name));
    },
  },
];
