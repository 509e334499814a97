import { indexByProperty, requireEqual } from './compare.ts';
import type { ImplicitRule } from './rule.ts';

/**
 * A gateway is attached to the routers of a VPC, which are its route tables: it requires all of them
 * (`heat.engine.resources.aws.ec2.internet_gateway`).
 */
export const VPC_GATEWAY: ImplicitRule = {
  name: 'vpc-gateway',
  types: ['AWS::EC2::VPCGatewayAttachment'],
  apply(stack) {
    const tables = indexByProperty(stack, 'AWS::EC2::RouteTable', 'VpcId');
    requireEqual(stack, stack.madeOf('AWS::EC2::VPCGatewayAttachment'), 'VpcId', tables);
  },
};
