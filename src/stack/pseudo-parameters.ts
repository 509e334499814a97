import type { Value } from '../values/value.ts';

/** Who the stack is, as its template may ask. */
export interface StackIdentity {
  /** Default `stack`. */
  readonly stackName?: string;
  /** Default `None`: what Heat says of a stack that is not stored yet. */
  readonly stackId?: string;
  /** Default ``. */
  readonly projectId?: string;
  /** Default `ap-southeast-1`, CFN only: Heat's constant. */
  readonly region?: string;
}

/** Mirrors `_pseudo_parameters` of HOTParameters and CfnParameters. */
export function pseudoParameters(format: 'hot' | 'cfn', identity: StackIdentity): Map<string, Value> {
  const { stackName = 'stack', stackId = 'None', projectId = '', region = 'ap-southeast-1' } = identity;
  if (format === 'hot') {
    return new Map([
      ['OS::stack_id', stackId],
      ['OS::project_id', projectId],
      ['OS::stack_name', stackName],
    ]);
  }
  return new Map([
    ['AWS::StackId', `arn:openstack:heat::${projectId}:stacks/${stackName}/${stackId}`],
    ['AWS::StackName', stackName],
    ['AWS::Region', region],
  ]);
}
