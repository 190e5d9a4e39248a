import type { Attribute, DataFile, Variable } from '../../read/index.js';
import { listText, scalarText } from './value-text.js';

type Attributes = Readonly<Record<string, Attribute>>;

/** What is in a file, in the form that `ncdump -h` gives it. */
export function headerText(name: string, file: DataFile): string {
  const { format, variables, groups, attributes } = file;
  const lengths = dimensionsOf(variables.values());
  const lines = [`${format} ${name} {`];
  if (lengths.size > 0)
    lines.push('dimensions:', ...Array.from(lengths, ([axis, length]) => `\t${axis} = ${length} ;`));
  if (variables.size > 0) lines.push('variables:');
  for (const variable of variables.values()) {
    lines.push(`\t${declaration(variable, lengths)} ;`);
    // Of an ENVI cube they are those of the file.
    if (variable.attributes !== attributes) lines.push(...attributeLines(variable.name, variable.attributes));
  }
  if (Object.keys(attributes).length > 0)
    lines.push('', '// attributes of the file:', ...attributeLines('', attributes));
  for (const [group, { attributes: own }] of groups ?? [])
    if (Object.keys(own).length > 0) lines.push('', `// group ${group}:`, ...attributeLines(group, own));
  return `${[...lines, '}'].join('\n')}\n`;
}

/** The named dimensions with the length that they have where they come first. */
export function dimensionsOf(variables: Iterable<Variable>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const { dimensions, shape } of variables)
    for (const [axis, name] of dimensions.entries())
      if (name !== '' && !lengths.has(name)) lengths.set(name, shape[axis] ?? 0);
  return lengths;
}

function declaration({ name, dtype, shape, dimensions }: Variable, lengths: ReadonlyMap<string, number>): string {
  const axes = shape.map((length, axis) => {
    const dimension = dimensions[axis] ?? '';
    if (dimension === '') return String(length);
    return lengths.get(dimension) === length ? dimension : `${dimension} = ${length}`;
  });
  return axes.length === 0 ? `${dtype} ${name}` : `${dtype} ${name}(${axes.join(', ')})`;
}

function attributeLines(owner: string, attributes: Attributes): string[] {
  return Object.entries(attributes).map(([name, value]) => {
    const text = Array.isArray(value) ? listText(value, '\t\t\t') : scalarText(value);
    return `\t\t${owner}:${name} = ${text} ;`;
  });
}
