import type { FunctionDefinition } from '../expression.ts';

/** `Fn::GetAZs: region`; the region is not even looked at. Mirrors GetAZs. */
export const GET_AZS: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'GetAZs',
  form: 'a region',
  evaluate: (_call, runtime) => runtime.availabilityZones(),
});
