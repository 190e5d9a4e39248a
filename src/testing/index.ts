/**
 * The four centres, simulated: stateful, faithful to their protocols, and breakable on demand.
 *
 * @packageDocumentation
 */
export { simulateScc } from './scc/simulate.js';
export { simulateImap } from './imap/simulate.js';
export { simulateHmi } from './hmi/simulate.js';
export { simulateScops } from './scops/simulate.js';
export type {
  ClockOptions,
  Fault,
  FaultPlan,
  FaultRule,
  Listening,
  RecordedRequest,
  SimClock,
  Simulator,
} from './kit/types.js';
