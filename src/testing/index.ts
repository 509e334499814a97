/** For tests and for trying things out: a cloud that is not there. */
export { type SimulatedFailures, type SimulationOptions, simulatedHandlers } from './simulated-handlers.ts';
