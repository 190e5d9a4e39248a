import type { Logger } from '../../types.js';
import type { Redactor } from '../redact/redactor.js';
import { isUrl } from '../util/realms.js';
import { env } from '../config/env.js';

type Fields = Record<string, unknown>;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** A logger with all levels that reveals no secret and never throws. Message and fields may be functions, which are called only where someone listens. */
export type SafeLogger = Readonly<
  Record<Level, (message: string | (() => string), fields?: Fields | (() => Fields)) => void>
>;

/**
 * Makes the logger of a client: the caller's, or the standard error stream where `SDC_LOG` names a level, or silence.
 */
export function safeLogger(logger: Logger | undefined, redactor: Redactor): SafeLogger {
  const sink = logger ?? environmentLogger();
  const at =
    (level: Level) =>
    (message: string | (() => string), fields?: Fields | (() => Fields)): void => {
      try {
        const written: unknown = sink?.[level]?.(
          redactor.text(typeof message === 'string' ? message : message()),
          fields === undefined ? undefined : cleanFields(typeof fields === 'function' ? fields() : fields, redactor),
        );
        if (written instanceof Promise) written.catch(() => undefined);
      } catch {
        // a broken logger must not break a transfer
      }
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function cleanFields(fields: Fields, redactor: Redactor): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, unknown] => {
      if (typeof value === 'string') return [name, redactor.text(value)];
      if (isUrl(value)) return [name, redactor.url(value)];
      if (typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null)
        return [name, value];
      return [name, redactor.text(value instanceof Error ? `${value.name}: ${value.message}` : JSON.stringify(value))];
    }),
  );
}

function environmentLogger(): Logger | undefined {
  const wanted = LEVELS.findIndex((level) => level === env('SDC_LOG')?.toLowerCase());
  if (wanted < 0) return undefined;
  const print =
    (level: Level) =>
    (message: string, fields?: Fields): void => {
      if (LEVELS.indexOf(level) < wanted) return;
      const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
      process.stderr.write(`[sdc] ${level} ${message}${rest}\n`);
    };
  return { debug: print('debug'), info: print('info'), warn: print('warn'), error: print('error') };
}
