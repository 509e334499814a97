/**
 * The aliases of Heat's stock environment (`/etc/heat/environment.d/default.yaml`) that name types: pattern → type.
 * A `*` at the end stands for the same text on both sides. Its two aliases that name template files are left out.
 */
export const STOCK_REGISTRY: ReadonlyMap<string, string> = new Map([
  ['OS::Quantum*', 'OS::Neutron*'],
  ['OS::Metering::Alarm', 'OS::Aodh::Alarm'],
  ['OS::Ceilometer::Alarm', 'OS::Aodh::Alarm'],
  ['OS::Ceilometer::CombinationAlarm', 'OS::Aodh::CombinationAlarm'],
  ['OS::Ceilometer::GnocchiResourcesAlarm', 'OS::Aodh::GnocchiResourcesAlarm'],
  ['OS::Ceilometer::GnocchiAggregationByMetricsAlarm', 'OS::Aodh::GnocchiAggregationByMetricsAlarm'],
  ['OS::Ceilometer::GnocchiAggregationByResourcesAlarm', 'OS::Aodh::GnocchiAggregationByResourcesAlarm'],
]);
