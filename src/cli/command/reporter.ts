import { now } from '../../core/util/time.js';
import { fieldsInCase, NAME_CASES } from '../output/name-case.js';
import { plainErrors } from '../output/plain-errors.js';
import type { Input } from './input.js';
import { closingLine, type Counts } from './closing.js';
import { detailsOf, summaryOf, wordsOf } from './messages.js';
import type { Failure } from './outcome.js';
import { inCommandWords, type Vocabulary } from './command-words.js';
import { LOG_FORMATS } from './common-options.js';

/** How urgent a message is. */
export type Level = 'debug' | 'info' | 'warning' | 'error';

/** Says everything that is no result: as text, or with `--log-format json` as one object a line. */
export interface Reporter {
  /** Something that is no result; not with `--silent`. */
  readonly note: (text: string) => void;
  /** Something that needs attention. */
  readonly warn: (text: string) => void;
  /** A line of a client's log. */
  readonly log: (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** What ended the command, and with which exit code. */
  readonly error: (error: unknown, exitCode: number, advice?: string) => void;
  /** The command was ended from outside. */
  readonly interrupted: (exitCode: number) => void;
  /** What failed of a larger work. */
  readonly failures: (failures: readonly Failure[], total: number) => void;
  /** The last line of a command that transfers files. */
  readonly close: (counts: Counts) => void;
}

/** Makes a reporter. */
export function createReporter(input: Input, write: (text: string) => void, vocabulary: Vocabulary): Reporter {
  const wordsFor = (error: unknown): string => inCommandWords(wordsOf(error), vocabulary);
  const json = input.choice('logFormat', LOG_FORMATS) === 'json';
  const debug = input.flag('debug');
  const silent = input.flag('silent');
  const nameCase = input.choice('jsonCase', NAME_CASES);
  const put = (text: string): void => write(`${text}\n`);
  const putObject = (value: object): void => put(JSON.stringify(value, plainErrors));
  const putMessage = (level: Level, message: string, fields: object): void => {
    putObject({ time: new Date(now()).toISOString(), level, message, ...fields });
  };
  const say = (level: Level, message: string, text: string, fields: object = {}): void => {
    if (json) putMessage(level, message, fields);
    else put(text);
  };
  return {
    note: (text) => {
      if (!silent) say('info', text, text);
    },
    warn: (text) => {
      const words = inCommandWords(text, vocabulary);
      say('warning', words, `warning: ${words}`);
    },
    log: (level, message, fields) => {
      const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
      say(level, message, `${level}: ${message}${rest}`, fields);
    },
    error: (error, exitCode, advice) => {
      const words = wordsFor(error);
      if (json) putMessage('error', words, { exitCode, error });
      else if (input.text('output') === 'json')
        put(JSON.stringify(fieldsInCase({ error, exitCode }, nameCase), plainErrors, 2));
      else put(`error: ${words}`);
      if (advice !== undefined) say('info', advice, advice);
      if (debug) say('debug', detailsOf(error), detailsOf(error));
    },
    interrupted: (exitCode) => {
      const text = 'interrupted; partial downloads are kept, and the same command continues them';
      say('warning', text, text, { exitCode });
    },
    failures: (failures, total) => {
      if (!json) put(summaryOf(failures, total, wordsFor));
      for (const { what, error } of failures) {
        if (json) putMessage('error', wordsFor(error), { item: what, error });
        if (debug) say('debug', detailsOf(error), detailsOf(error));
      }
    },
    close: (counts) => {
      if (json) putObject(counts);
      else put(closingLine(counts));
    },
  };
}
