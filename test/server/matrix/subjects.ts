import { cover } from '../../support/full.js';
import { HMI_SUBJECTS } from './subjects-hmi.js';
import { IMAP_SUBJECTS } from './subjects-imap.js';
import { SCC_SUBJECTS } from './subjects-scc.js';
import { SCOPS_SUBJECTS } from './subjects-scops.js';
import type { Subject } from './subject.js';

/** Every transfer call of the four clients. */
export const SUBJECTS: readonly Subject[] = [...SCC_SUBJECTS, ...IMAP_SUBJECTS, ...HMI_SUBJECTS, ...SCOPS_SUBJECTS];

/** Whether a call brings files to the disk. */
export const bringsFiles = ({ kind }: Subject): boolean => kind === 'download' || kind === 'process';

/** A call of each kind and of each centre; all of them when everything is tested. */
export const oneOfEach = (subjects: readonly Subject[]): readonly Subject[] =>
  cover(
    subjects,
    ({ centre }) => centre,
    ({ kind }) => kind,
  );
