import { parseIso } from '../../../core/util/dates.js';
import { formatTime } from './format-time.js';
import type { StoredPacket } from './sample.js';

/** What the operations of a request leave: packets, the variable asked for, how times look. */
export interface Selection {
  readonly packets: StoredPacket[];
  readonly variable: 'time' | 'ert' | 'packet' | undefined;
  readonly pattern: string | undefined;
}

const BOUND = /^(time|ert)(>=|<=|>|<)(.+)$/;
const CALL = /^(project|formatTime|take|takeRight)\((.*)\)$/;

/** Applies the operations of a query string in order; a text is the complaint about the first that is none. */
export function select(packets: readonly StoredPacket[], operations: readonly string[]): Selection | string {
  // What arrives late stands late: the service keeps packets in the order of their arrival.
  let selection: Selection = {
    packets: [...packets].sort((a, b) => a.ert - b.ert),
    variable: undefined,
    pattern: undefined,
  };
  for (const operation of operations) {
    const next = bounded(selection, operation) ?? called(selection, operation);
    if (next === undefined) return `Invalid operation: ${operation}`;
    selection = next;
  }
  return selection;
}

function bounded(selection: Selection, part: string): Selection | undefined {
  const [, variable = '', relation = '', text = ''] = BOUND.exec(part) ?? [];
  const bound = parseIso(text)?.getTime();
  if (bound === undefined) return undefined;
  const holds = (value: number): boolean => {
    if (relation === '>=') return value >= bound;
    if (relation === '<=') return value <= bound;
    return relation === '>' ? value > bound : value < bound;
  };
  return {
    ...selection,
    packets: selection.packets.filter((packet) => holds(variable === 'ert' ? packet.ert : packet.time)),
  };
}

function called(selection: Selection, part: string): Selection | undefined {
  const [, name = '', argument = ''] = CALL.exec(part) ?? [];
  if (name === 'project' && (argument === 'time' || argument === 'ert' || argument === 'packet')) {
    return { ...selection, variable: argument };
  }
  if (name === 'formatTime' && /^".*"$/.test(argument)) return { ...selection, pattern: argument.slice(1, -1) };
  if ((name !== 'take' && name !== 'takeRight') || !/^\d+$/.test(argument)) return undefined;
  const count = Number(argument);
  const { packets } = selection;
  return {
    ...selection,
    packets: name === 'take' ? packets.slice(0, count) : packets.slice(Math.max(0, packets.length - count)),
  };
}

/** The lines of a text answer, one a packet. */
export function lines(selection: Selection): string[] {
  const write = (ms: number): string => formatTime(selection.pattern ?? "yyyy-MM-dd'T'HH:mm:ss.SSS", ms);
  return selection.packets.map((packet) => {
    if (selection.variable === 'time') return write(packet.time);
    if (selection.variable === 'ert') return write(packet.ert);
    const size = String(packet.bytes.length);
    return selection.variable === 'packet' ? size : `${write(packet.time)}, ${write(packet.ert)}, ${size}`;
  });
}
