import type { PointSpec } from '../../core/doctor/examine.js';
import { requireForPoint, saw, sawAll } from '../../core/doctor/finding.js';
import type { ImapContext } from '../context.js';
import { messageOf } from '../errors.js';
import { Version } from '../names/version.js';
import { QUERY } from '../routes.js';
import { ask, askPublic, firstRow, rows, rowsOf, TWO_DAYS } from './questions.js';
import { isRecord } from '../../core/util/records.js';

const COLUMNS = ['file_path', 'instrument', 'data_level', 'descriptor', 'start_date', 'version'];
const KERNEL_COLUMNS = ['file_name', 'kernel_type', 'ingestion_date'];

/** The queries of files and kernels. */
export const QUERY_POINTS: readonly PointSpec<ImapContext>[] = [
  {
    id: 'query.array',
    what: 'A query',
    known: '200, a bare JSON array',
    look: async (visit) => {
      const value = (await ask(visit, 'query', QUERY, TWO_DAYS)).okJson();
      return Array.isArray(value) ? saw(`an array of ${value.length}`, true) : saw('no array', false);
    },
  },
  {
    id: 'query.columns',
    what: 'The columns of a file',
    known: COLUMNS.join(', '),
    look: async (visit) => {
      const row = await firstRow(visit);
      const hasVersion = typeof row.version === 'string' || typeof row.minor_version === 'number';
      return sawAll(COLUMNS, (name) => (name === 'version' ? hasVersion : typeof row[name] === 'string'));
    },
  },
  {
    id: 'query.path',
    what: 'The path of a file',
    known: 'imap/<instrument>/<level>/<year>/<month>/<name>',
    look: async (visit) => {
      const found = await rows(visit);
      const odd = found.filter(
        ({ file_path: path }) => !/^imap\/\w+\/\w+\/\d{4}\/\d\d\/imap_[^/]+$/u.test(String(path)),
      );
      requireForPoint(found[0], 'the query found no file');
      return saw(`${odd.length} of ${found.length} are different`, odd.length === 0);
    },
  },
  {
    id: 'query.version',
    what: 'The version of a file',
    known: 'major_version and minor_version, or version such as v001 (2024)',
    look: async (visit) => {
      const row = await firstRow(visit);
      if (typeof row.minor_version === 'number') return saw('numbers', true);
      const text = typeof row.version === 'string' ? row.version : undefined;
      return saw(text ?? 'none', text !== undefined && Version.tryParse(text) !== undefined);
    },
  },
  {
    id: 'query.order',
    what: 'The order of an answer',
    known: 'ascending file_path',
    look: async (visit) => {
      const paths = (await rows(visit)).map((row) => String(row.file_path));
      requireForPoint(paths[1], 'the query found too few files');
      const isAscending = paths.every((path, at) => at === 0 || (paths[at - 1] ?? '') <= path);
      return saw(isAscending ? 'ascending file_path' : 'another order', isAscending);
    },
  },
  {
    id: 'query.unknown-parameter',
    what: 'A parameter that does not exist',
    known: '400, a JSON text that names the valid ones',
    look: async (visit) => {
      const answer = await ask(visit, 'query-unknown-parameter', QUERY, { ...TWO_DAYS, sdc_doctor: '1' });
      const message = answer.status === 400 ? messageOf(answer.text) : '';
      return saw(answer.words, message.includes('is not a valid query parameter'));
    },
  },
  {
    id: 'kernels.array',
    what: 'A query of kernels',
    known: '200, a bare JSON array',
    look: async (visit) => {
      const value = (await kernels(visit)).okJson();
      return Array.isArray(value) ? saw(`an array of ${value.length}`, true) : saw('no array', false);
    },
  },
  {
    id: 'kernels.columns',
    what: 'The columns of a kernel',
    known: KERNEL_COLUMNS.join(', '),
    look: async (visit) => {
      const row = requireForPoint(rowsOf(await kernels(visit))[0], 'the query found no kernel');
      return sawAll(KERNEL_COLUMNS, (name) => typeof row[name] === 'string');
    },
  },
  {
    id: 'kernels.start-date',
    what: 'The parameter start_date for kernels',
    known: '400: it is not a valid one',
    look: async (visit) => {
      await kernels(visit);
      const answer = await askPublic(visit, 'kernels-start-date', { type: 'leapseconds', start_date: '20260105' });
      return saw(answer.words, answer.status === 400 && !isRecord(answer.json()));
    },
  },
];

/** The kernels of leap seconds: a few rows. */
async function kernels(visit: Parameters<typeof askPublic>[0]): ReturnType<typeof askPublic> {
  const answer = await askPublic(visit, 'kernels', { type: 'leapseconds' });
  const isThere = answer.status !== 404 && !answer.text.includes('Missing Authentication Token');
  return requireForPoint(isThere ? answer : undefined, 'the server has no query of kernels');
}
