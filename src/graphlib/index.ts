export type { FromGraphlibOptions, FromGraphlibResult, GraphlibGraph } from './from-graphlib.ts';
export { fromGraphlib } from './from-graphlib.ts';
export { nodeId } from './node-id.ts';
export type { EdgeLabel, GraphLabel, NodeLabel } from './to-graphlib.ts';
export { toGraphlib } from './to-graphlib.ts';
