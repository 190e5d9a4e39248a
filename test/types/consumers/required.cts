// Compiled by the types tests as CommonJS; never run.
import sdc = require('@lab/sdc');
import testing = require('@lab/sdc/testing');

export const version: string = sdc.VERSION;
export const simulator = testing.simulateScc();
export const scc: sdc.SCC = new sdc.SCC(simulator.credentials, { baseUrl: simulator.baseUrl });
