import { GENERATIONS, type HmiGeneration } from '../../src/testing/hmi/generations.js';

/** Every generation of HMI's contract that is simulated, the oldest first. */
export const EVERY_GENERATION = Object.keys(GENERATIONS).map(Number) as HmiGeneration[];
