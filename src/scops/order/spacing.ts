import { SpacedWork } from '../../core/util/locks.js';

/** Requests that must not come close upon each other, for all clients of this process. */
export const spacedWork = new SpacedWork();
