/** Query parameters of the HMI service that are worth reading in messages and never secret; all others are hidden. */
export const HARMLESS_PARAMETERS = ['end', 'fields', 'format', 'limit', 'meta', 'offset', 'start'] as const;
