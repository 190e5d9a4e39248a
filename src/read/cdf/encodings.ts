const BIG_ENDIAN = new Set([1, 2, 5, 7, 9, 11, 12, 18]);
const LITTLE_ENDIAN = new Set([4, 6, 13, 16, 17, 19]);
const VAX = new Map([
  [3, 'VAX (D_FLOAT)'],
  [14, 'ALPHAVMSd (VAX D_FLOAT)'],
  [15, 'ALPHAVMSg (VAX G_FLOAT)'],
  [20, 'IA64VMSd (VAX D_FLOAT)'],
  [21, 'IA64VMSg (VAX G_FLOAT)'],
]);

/** Whether numbers of this encoding are big-endian, or why they cannot be read. */
export function byteOrderOf(encoding: number): { readonly bigEndian: boolean } | { readonly refusal: string } {
  if (BIG_ENDIAN.has(encoding)) return { bigEndian: true };
  if (LITTLE_ENDIAN.has(encoding)) return { bigEndian: false };
  const vax = VAX.get(encoding);
  return {
    refusal:
      vax === undefined
        ? `its numbers have the encoding ${encoding}, which CDF does not define`
        : `its numbers have the encoding ${vax}; VAX floating-point numbers are not supported`,
  };
}
