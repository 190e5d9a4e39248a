import type { Attribute } from '../../types.js';
import type { Header } from '../header.js';

/** Cards of the image that have another name in the table, or a number behind it. */
const RENAMED: Readonly<Record<string, string>> = {
  ZSIMPLE: 'SIMPLE',
  ZTENSION: 'XTENSION',
  ZBITPIX: 'BITPIX',
  ZNAXIS: 'NAXIS',
  ZPCOUNT: 'PCOUNT',
  ZGCOUNT: 'GCOUNT',
  ZEXTEND: 'EXTEND',
  ZBLOCKED: 'BLOCKED',
  ZHECKSUM: 'CHECKSUM',
  ZDATASUM: 'DATASUM',
};

/** Cards of the table, and of its compression. */
const OF_TABLE =
  /^(?:XTENSION|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|CHECKSUM|DATASUM|(?:TTYPE|TFORM|TUNIT|TNULL|TSCAL|TZERO|TDISP|TDIM)\d+|ZIMAGE|ZCMPTYPE|ZQUANTIZ|ZDITHER0|ZMASKCMP|ZSCALE|ZZERO|ZBLANK|(?:ZTILE|ZNAME|ZVAL)\d+)$/u;

/** The cards of a compressed image as the image had them before. */
export function imageAttributes({ attributes }: Header): Readonly<Record<string, Attribute>> {
  const own = new Map<string, Attribute>();
  for (const [keyword, value] of Object.entries(attributes)) {
    const [, stem = '', digits = ''] = /^(\D+)(\d*)$/u.exec(keyword) ?? [];
    const renamed = digits === '' || stem === 'ZNAXIS' ? RENAMED[stem] : undefined;
    if (renamed !== undefined) own.set(`${renamed}${digits}`, value);
    else if (!OF_TABLE.test(keyword) && !(keyword === 'EXTNAME' && value === 'COMPRESSED_IMAGE'))
      own.set(keyword, value);
  }
  return Object.fromEntries(own);
}
