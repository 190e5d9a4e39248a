import type { PointSpec } from '../../core/doctor/examine.js';
import { notAsked, saw } from '../../core/doctor/finding.js';
import type { HmiContext } from '../context.js';
import { answersBatch } from '../errors.js';
import { file, keywords, okFile, ownKeywords, sawKeys } from './questions.js';

/** Keywords and files. */
export const FILE_POINTS: readonly PointSpec<HmiContext>[] = [
  {
    id: 'keywords',
    what: 'Keywords of a record on their own',
    known: 'an object with the record number as key, and meta in it; none before the fourth generation',
    look: async (visit) => {
      return sawKeys(await ownKeywords(visit));
    },
  },
  {
    id: 'keywords.batch',
    what: 'Keywords of several records at once',
    known: 'numbers separated by commas, each a key of the answer; or one number only',
    look: async (visit) => {
      await ownKeywords(visit);
      const found = await keywords(visit, 2);
      return answersBatch(found.answer.status) && found.answer.status !== 200
        ? saw('one number only', true)
        : sawKeys(found);
    },
  },
  {
    id: 'file.fits',
    what: 'A file',
    known: 'FITS, from its first card on',
    look: async (visit) => {
      const { body, words } = await okFile(visit);
      const isFits =
        body.subarray(0, 9).toString('latin1') === 'SIMPLE  =' || body.subarray(0, 2).toString('hex') === '1f8b';
      return saw(isFits ? 'FITS' : words, isFits);
    },
  },
  {
    id: 'file.name',
    what: 'The name of a file',
    known: 'in Content-Disposition',
    look: async (visit) => {
      const header = (await okFile(visit)).header('content-disposition');
      return saw(header?.split(';', 1)[0] ?? 'no Content-Disposition', /filename\*?=/iu.test(header ?? ''));
    },
  },
  {
    id: 'file.range',
    what: 'A part of a file',
    known: '200 with the whole file, or 206 with the part',
    look: async (visit) => {
      const answer = await file(visit);
      const range = answer.header('content-range');
      if (answer.status !== 206) return saw(String(answer.status), answer.status === 200);
      return saw(`206 ${range ?? 'without Content-Range'}`, /^bytes 0-\d+\//u.test(range ?? ''));
    },
  },
  {
    id: 'file.validator',
    what: 'What a file is recognised by later',
    known: 'ETag or Last-Modified; without them an interrupted transfer begins again',
    look: async (visit) => {
      const answer = await okFile(visit);
      const found = ['etag', 'last-modified'].filter((name) => answer.header(name) !== undefined);
      return found.length === 0 ? notAsked('none; nothing depends on it') : saw(found.join(', '), true);
    },
  },
];
