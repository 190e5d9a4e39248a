import type { DoctorOptions, DoctorReport } from '../../types.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { withHmi } from '../hmi/open.js';
import { withImap } from '../imap/open.js';
import { withScc } from '../scc/open.js';
import { withScops } from '../scops/open.js';
import type { Settings } from '../settings/resolve.js';

/** The centres that can be met. */
export const CENTRES = ['scc', 'imap', 'hmi', 'scops'] as const;

/** Name of a centre. */
export type CentreName = (typeof CENTRES)[number];

/** What must be set for a centre to be asked without being named. */
const NEEDED = { scc: 'scc.password', imap: undefined, hmi: 'hmi.base_url', scops: 'scops.password' } as const;

export function isSetUp(settings: Settings, centre: CentreName): boolean {
  const key = NEEDED[centre];
  return key === undefined || settings.get(key) !== undefined;
}

/** The report of one centre, with what is set. */
export function meet(context: Context, centre: CentreName, record: string | undefined): Promise<DoctorReport> {
  const options: DoctorOptions = defined({ signal: context.signal, record });
  switch (centre) {
    case 'scc':
      return withScc(context, (scc) => scc.doctor(options));
    case 'imap':
      return withImap(context, (imap) => imap.doctor(options));
    case 'hmi':
      return withHmi(context, (hmi) => hmi.doctor(options));
    case 'scops':
      return withScops(context, (scops) => scops.doctor(options));
  }
}
