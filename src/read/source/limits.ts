/** Bytes of one read at most: enough for speed, little enough for memory. */
export const WINDOW_BYTES = 8 * 1024 * 1024;

/** What a system reads of a disk at least. */
export const PAGE_BYTES = 4096;
