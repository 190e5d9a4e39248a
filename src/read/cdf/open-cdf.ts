import { dataFile } from '../data-file.js';
import type { ByteSource } from '../source/byte-source.js';
import type { DataFile, Variable } from '../types.js';
import { attributesIn } from './attributes.js';
import { blocksOf } from './blocks.js';
import { containerOf } from './container.js';
import { headerOf, type Header } from './header.js';
import { LEAP_TABLE_DATE } from './leap-seconds.js';
import { budgetOf } from './records.js';
import { blockReader } from './stored-blocks.js';
import { variableOf } from './variable.js';
import { variablesIn } from './variable-records.js';

/**
 * Opens a CDF of NASA: versions 2 and 3, all encodings but those of the VAX, compressed or not.
 *
 * Times (EPOCH, EPOCH16, TT2000) become nanoseconds since 1970; what is no time becomes -2^63, as `NaT` elsewhere: fill values, pad
 * values, and times that 64 bits cannot hold.
 *
 * @throws `DataError` when the file is damaged, or of a kind that is refused: several files, VAX floating-point numbers, Huffman
 * compression.
 */
export async function openCdf(source: ByteSource): Promise<DataFile> {
  const { records, headers, matchesDigest } = await containerOf(source);
  const spend = budgetOf(headers);
  const header = await headerOf(headers, spend);
  const { bigEndian, isRowMajor, hasGap, dims } = header;
  const attributes = await attributesIn(headers, header.attributes, bigEndian, spend);
  const context = { records: headers, spend, hasGap, dims };
  const found = [
    ...(await variablesIn(context, 'rVDR', header.rVariables)),
    ...(await variablesIn(context, 'zVDR', header.zVariables)),
  ];
  const warnings = warningsOf(header, records.source.size);
  if (header.hasDigest && matchesDigest !== undefined && !(await matchesDigest()))
    warnings.push('the MD5 digest at the end of the file is not that of its content');
  const variables = new Map<string, Variable>();
  for (const variable of found) {
    if (variables.has(variable.name))
      warnings.push(`there are two variables named ${variable.name}; the first one is shown`);
    else {
      const reader = blockReader(records, variable, isRowMajor);
      const storage = { records, variable, reader, bigEndian, blocks: blocksOf(records, variable.index) };
      variables.set(variable.name, variableOf(storage, attributes.ofVariable(variable.isZ, variable.number)));
    }
  }
  return dataFile({
    format: 'cdf',
    attributes: attributes.ofFile,
    variables,
    warnings,
    close: () => source.close(),
  });
}

function warningsOf({ leapTable, end }: Header, size: number): string[] {
  const warnings: string[] = [];
  if (end > size) warnings.push(`the file should have ${end} bytes but has only ${size}: it was cut off`);
  if (leapTable > 0 && leapTable < LEAP_TABLE_DATE)
    warnings.push(
      `the writer had the leap seconds up to ${dateOf(leapTable)} only: times in TT2000 after later ones (the last: ${dateOf(LEAP_TABLE_DATE)}) may be wrong by seconds`,
    );
  if (leapTable > LEAP_TABLE_DATE)
    warnings.push(
      `the writer had the leap seconds up to ${dateOf(leapTable)}, this reader up to ${dateOf(LEAP_TABLE_DATE)}: times in TT2000 after that may be wrong by seconds`,
    );
  return warnings;
}

/** YYYYMMDD as YYYY-MM-DD. */
const dateOf = (number: number): string => String(number).replace(/^(\d+)(\d\d)(\d\d)$/u, '$1-$2-$3');
