import { textOf, UNKNOWN, type Value } from './values.js';

type Text = Value & { readonly kind: 'text' };

const isText = (value: Value | undefined): value is Text => value?.kind === 'text';
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const tuple = (items: readonly Value[]): Value => ({ kind: 'tuple', items });

/** Functions of `os.path` and the like, with the texts that they give. */
export function callForeign(name: string, given: readonly Value[]): Value {
  const [first] = given;
  if (name === 'os.path.join') return join(given);
  if (!isText(first)) return UNKNOWN;
  const { text, isExample } = first;
  const slash = text.lastIndexOf('/');
  switch (name) {
    case 'os.path.basename':
      return textOf(baseOf(text), isExample);
    case 'os.path.dirname':
      return textOf(text.slice(0, Math.max(0, slash)), isExample);
    case 'os.path.split':
      return tuple([textOf(text.slice(0, Math.max(0, slash)), isExample), textOf(baseOf(text), isExample)]);
    case 'os.path.splitext': {
      const dot = text.lastIndexOf('.');
      const cut = dot > slash + 1 ? dot : text.length;
      return tuple([textOf(text.slice(0, cut), isExample), textOf(text.slice(cut), isExample)]);
    }
    case 'os.path.abspath':
    case 'os.path.normpath':
    case 'os.path.realpath':
    case 'str':
    case 'unicode':
      return first;
    default:
      return UNKNOWN;
  }
}

/** The last part gives the name, whatever the folder is. */
function join(given: readonly Value[]): Value {
  const last = given.at(-1);
  if (!isText(last) || last.text === '') return UNKNOWN;
  const folders = given.slice(0, -1).map((part) => (isText(part) ? part.text.replace(/\/$/u, '') : '?'));
  return textOf(last.text.startsWith('/') ? last.text : [...folders, last.text].join('/'), true);
}

/** Methods of texts. */
export function callMethod(of: Text, name: string, given: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const { text, isExample } = of;
  const [first, second] = given;
  const same = (result: string): Value =>
    textOf(result, isExample || given.some((one) => isText(one) && one.isExample));
  switch (name) {
    case 'format':
      return format(of, given, named);
    case 'replace':
      return isText(first) && isText(second) && given.length === 2
        ? same(text.replaceAll(first.text, second.text))
        : UNKNOWN;
    case 'lower':
      return same(text.toLowerCase());
    case 'upper':
      return same(text.toUpperCase());
    case 'strip':
      return given.length === 0 ? same(text.trim()) : UNKNOWN;
    case 'split':
      return isText(first) && first.text !== '' && given.length === 1
        ? tuple(text.split(first.text).map((part) => same(part)))
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function format(of: Text, given: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  let next = 0;
  const unknown: unknown[] = [];
  const put = (value: Value | undefined): string => {
    if (isText(value)) return value.text;
    unknown.push(value);
    return '';
  };
  const text = of.text.replace(/\{\{|\}\}|\{([^{}]*)\}/gu, (all: string, field: string | undefined) => {
    if (field === undefined) return all.slice(1);
    if (field === '') {
      next += 1;
      return put(given[next - 1]);
    }
    return put(/^\d+$/u.test(field) ? given[Number(field)] : named.get(field));
  });
  return unknown.length === 0 ? textOf(text, true) : UNKNOWN;
}

/** `text % values`, with `%s` only. */
export function percent(of: Value, right: Value): Value {
  if (!isText(of)) return UNKNOWN;
  const items = right.kind === 'tuple' ? right.items : [right];
  const fields = of.text.match(/%./gu) ?? [];
  if (fields.some((field) => field !== '%s') || fields.length !== items.length) return UNKNOWN;
  const texts = items.filter(isText).map(({ text }) => text);
  if (texts.length !== items.length) return UNKNOWN;
  const [head = '', ...rest] = of.text.split('%s');
  return textOf(head + rest.map((part, index) => `${texts[index] ?? ''}${part}`).join(''), true);
}

/** `a + b`. */
export function plus(one: Value, other: Value): Value {
  if (isText(one) && isText(other)) return textOf(one.text + other.text, one.isExample || other.isExample);
  if (one.kind === 'number' && other.kind === 'number') return { kind: 'number', number: one.number + other.number };
  return UNKNOWN;
}

/** `value[index]`, and `value[from:to]` of texts. */
export function itemOf(of: Value, from: Value | undefined, to?: Value): Value {
  const numberOf = (value: Value | undefined): number | undefined =>
    value?.kind === 'number' ? value.number : undefined;
  const start = numberOf(from);
  if (of.kind === 'tuple' && start !== undefined && to === undefined) return of.items.at(start) ?? UNKNOWN;
  if (isText(of) && start !== undefined && to !== undefined) {
    const end = to.kind === 'none' ? of.text.length : numberOf(to);
    return end === undefined ? UNKNOWN : textOf(of.text.slice(start, end), of.isExample);
  }
  return UNKNOWN;
}
