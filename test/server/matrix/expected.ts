import { isSdcError } from '../../../src/errors.js';
import type { Outcome } from './judge.js';
import { roleOf, type Cell } from './plan.js';

/** How a cell may end. */
interface Expected {
  readonly right: boolean;
  /** Codes of the failures that are allowed; none where it must not fail. */
  readonly codes: readonly string[];
}

const mustWork: Expected = { right: true, codes: [] };
const mustFail = (...codes: readonly string[]): Expected => ({ right: false, codes });
const mayFail = (...codes: readonly string[]): Expected => ({ right: true, codes });

/** What the plan says of the fault, at this station and as often. */
export function expectedOf(cell: Cell): Expected {
  const { subject, station, row } = cell;
  // What is found, or not, is the same whether or not this request works.
  if (subject.helps?.includes(station) === true) return mustWork;
  if (row.nature === 'harmless') return mustWork;
  switch (roleOf(subject, station)) {
    case 'bytes':
      return subject.kind === 'check' ? compared(cell) : ofBytes(cell);
    case 'ask':
      return ofAnswers(cell);
    case 'form':
      return ofForms(cell);
    case 'put':
      return ofPuts(cell);
  }
}

function ofBytes({ subject, station, row, times }: Cell): Expected {
  const { kind, centre, laid } = subject;
  // The first request only compares: it cares for the head of the answer alone.
  if (laid !== undefined && times === 'once' && row.of !== 'rest' && row.of !== 'left') return mayFail(...row.codes);
  // Packets that the service lists but does not send are asked for again.
  if (row.name === 'nothing with status 200' && times === 'once' && station === 'packets') return mustWork;
  // An address of the storage that is refused is replaced by a fresh one.
  if (row.name === '403' && times === 'once' && centre === 'imap' && station === 'storage') return mustWork;
  // A range that comes wrongly is not used: the whole is asked for, without one.
  if (subject.ranged === true && row.of === 'whole' && row.nature === 'final' && times === 'once') return mustWork;
  const rest = row.of === 'rest';
  switch (row.nature) {
    case 'passing':
      return times === 'once' ? mustWork : mayBeSpared(row.codes, rest && subject.files > 1);
    case 'broken':
      // A stream that has begun cannot be taken up again.
      if (kind === 'open') return mustFail(...row.codes);
      if (times === 'once') return mustWork;
      return row.mayWork === true || rest ? mayFail(...row.codes) : mustFail(...row.codes);
    case 'other':
      return mayFail(...row.codes);
    default:
      return mustFail(...row.codes);
  }
}

/** The rest of the first file may be all that is asked for with a range. */
const mayBeSpared = (codes: readonly string[], several: boolean): Expected =>
  several ? mayFail(...codes) : mustFail(...codes);

/** A comparison reads the head of an answer only. */
function compared({ row, times }: Cell): Expected {
  if (row.of === 'whole') return mustWork;
  if (row.name === '403' && times === 'once') return mustWork;
  if (row.nature === 'broken') return row.name.endsWith('small') ? mayFail('network', 'unexpected-response') : mustWork;
  if (row.nature === 'passing') return times === 'once' ? mustWork : mustFail(...row.codes);
  return mustFail(...row.codes);
}

function ofAnswers({ subject, station, row, times }: Cell): Expected {
  const { unrepeated, waits, absent } = subject;
  const codes = [...row.codes, ...(waits?.includes(station) === true ? ['wait-timeout', 'not-found'] : [])];
  // A redirect to the same address is followed, not repeated.
  const goesAgain = unrepeated?.includes(station) !== true || row.name === 'redirect loop';
  const again = times === 'once' && goesAgain;
  switch (row.nature) {
    case 'broken':
      // A short answer is over before the fault; one that is cut may still be read wrongly, but not taken for right.
      if (again && !row.name.endsWith('small')) return mustWork;
      return mayFail(...codes, 'network', 'timeout', 'unexpected-response');
    case 'passing':
      return again ? mustWork : mustFail(...codes);
    default:
      if (waits?.includes(station) === true && times === 'once') return mayFail(...codes);
      // What is not there, or leads to nothing, is the answer "no".
      return absent?.includes(station) === true && /^(?:404|nothing|redirect to another)/u.test(row.name)
        ? mayFail(...codes)
        : mustFail(...codes);
  }
}

/** A form goes once: where its answer is lost, a look may tell that it arrived. */
function ofForms({ row }: Cell): Expected {
  if (row.nature === 'broken') return mayFail('network', 'timeout');
  if (row.of === 'text') return mayFail('unexpected-response');
  // The simulator takes in what came before it went silent, before the look or after it.
  if (row.nature === 'passing' && row.silent === true) return mayFail(...row.codes);
  return mustFail(...row.codes);
}

/** Bytes for the storage go again, to a fresh address. */
function ofPuts({ row, times }: Cell): Expected {
  if (row.nature === 'broken') return mustWork;
  if (row.name === '403') return times === 'once' ? mustWork : mustFail('forbidden');
  if (row.name.startsWith('redirect'))
    return mustFail('server', 'not-found', 'unexpected-response', 'transfer', 'network');
  // The storage says 429 of an address, not of the moment.
  if (row.nature !== 'passing' || row.name.startsWith('429')) return mustFail(...row.codes);
  if (times === 'once') return mustWork;
  // The simulator takes in what came before it went silent.
  return row.silent === true ? mayFail(...row.codes) : mustFail(...row.codes);
}

/** What does not fit in how a cell ended. */
export function misfit(cell: Cell, { error }: Outcome): string | undefined {
  const { right, codes } = expectedOf(cell);
  if (error === undefined) return right ? undefined : 'it should have failed';
  const code = isSdcError(error) ? error.code : 'none';
  if (codes.includes(code)) return undefined;
  return codes.length === 0 ? 'it should have worked' : `the code should be one of ${codes.join(', ')}`;
}
