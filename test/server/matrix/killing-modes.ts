/** What may be done with a target that is there, as far as that makes files. */
export const MODES = ['skip', 'replace', 'update', 'unique'] as const;
