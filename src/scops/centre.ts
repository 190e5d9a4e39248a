/** Query parameters of SCOPS that are worth reading in messages and never secret; all others are hidden. */
export const HARMLESS_PARAMETERS = ['day', 'project', 'sortie', 'year'] as const;
