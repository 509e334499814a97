import { requireEqualProperty } from './equal-properties.ts';
import type { ImplicitRule } from './rule.ts';

/**
 * A gateway is attached to the routers of a VPC, which are its route tables: it requires all of them
 * (`heat.engine.resources.aws.ec2.internet_gateway`).
 */
export const VPC_GATEWAY: ImplicitRule = /* @__PURE__ */ requireEqualProperty(
  'vpc-gateway',
  { type: 'AWS::EC2::VPCGatewayAttachment', property: 'VpcId' },
  { type: 'AWS::EC2::RouteTable', property: 'VpcId' },
);
