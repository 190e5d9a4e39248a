/** What is mirrored, and where. */
export interface Place {
  readonly room: 'imap' | 'scc' | 'hmi';
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export const IMAP_QUERY = { instrument: 'mag', dataLevel: 'l1a' };
export const SCC_QUERY = { dateStart: '2021-06-01', dateEnd: '2021-06-30', products: ['elpp', 'optical'] };
export const SERIES = 'hmi.sharp_720s';
export const HMI_QUERY = { start: '2015-12-11', end: '2015-12-14', cadenceMinutes: 720, segments: ['magnetogram'] };
