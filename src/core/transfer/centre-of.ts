import type { Centre, SdcErrorInit } from '../../errors.js';

const CENTRES = ['scc', 'imap', 'hmi', 'scops'] as const;

/**
 * What an error of a public call starts from, where only the call's name is known; it begins with its centre.
 *
 * @throws TypeError for a name without centre, which is a mistake of ours.
 */
export function initOfOperation(operation: string): SdcErrorInit {
  const centre: Centre | undefined = CENTRES.find((one) => operation.startsWith(`${one}.`));
  if (centre === undefined) throw new TypeError(`${operation} names no centre`);
  return { centre, operation };
}
