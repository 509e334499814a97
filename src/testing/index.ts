/** For tests, for trying things out, and for authors of executors: a cloud that is not there, and time that flies. */

export { conformanceHandlers } from './conformance-handlers.ts';
export { executorConformance } from './executor-conformance.ts';
export { type ConformanceCase, type JournalStore, journalConformance } from './journal-conformance.ts';
export { runViolations } from './run-violations.ts';
export type { Durations, Faults, InjectedFault } from './simulated-faults.ts';
export { type SimulatedFailures, type SimulationOptions, simulatedHandlers } from './simulated-handlers.ts';
export { type SimulatedResult, type SimulatedRun, type SimulateOptions, simulate } from './simulator.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
