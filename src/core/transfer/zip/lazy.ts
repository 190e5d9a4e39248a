import { lazy } from '../../util/lazy.js';

/** Unpacking and listing archives; loaded before the request for one. */
export const archives = lazy(() => import('./unpack.js'));

/** The replacement of an archive by one of its members; loaded before the request for it. */
export const members = lazy(() => import('./replace-by-member.js'));
