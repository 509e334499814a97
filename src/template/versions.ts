import { CFN_AWS, CFN_HEAT, type Dialect, HOT_2013, HOT_2016, HOT_2017, HOT_2018 } from './dialect.ts';

/** A template version: the key that states it, its value, and what follows from it. */
export interface TemplateVersion {
  readonly key: string;
  readonly value: string;
  /** Heat's class for it. */
  readonly heatClass: string;
  readonly dialect: Dialect;
}

const HOT = 'heat_template_version';

// Heat's entry points `heat.templates`.
const VERSIONS: readonly (readonly [key: string, values: readonly string[], heatClass: string, dialect: Dialect])[] = [
  [HOT, ['2013-05-23'], 'HOTemplate20130523', HOT_2013],
  [HOT, ['2014-10-16'], 'HOTemplate20141016', HOT_2013],
  [HOT, ['2015-04-30'], 'HOTemplate20150430', HOT_2013],
  [HOT, ['2015-10-15'], 'HOTemplate20151015', HOT_2013],
  [HOT, ['2016-04-08'], 'HOTemplate20160408', HOT_2013],
  [HOT, ['2016-10-14', 'newton'], 'HOTemplate20161014', HOT_2016],
  [HOT, ['2017-02-24', 'ocata'], 'HOTemplate20170224', HOT_2017],
  [HOT, ['2017-09-01', 'pike'], 'HOTemplate20170901', HOT_2017],
  [HOT, ['2018-03-02', 'queens'], 'HOTemplate20180302', HOT_2018],
  [HOT, ['2018-08-31', 'rocky'], 'HOTemplate20180831', HOT_2018],
  [HOT, ['2021-04-16', 'wallaby'], 'HOTemplate20210416', HOT_2018],
  ['AWSTemplateFormatVersion', ['2010-09-09'], 'CfnTemplate', CFN_AWS],
  ['HeatTemplateFormatVersion', ['2012-12-12'], 'HeatTemplate', CFN_HEAT],
];

/** Keys that may state a version. */
export const VERSION_KEYS: readonly string[] = [...new Set(VERSIONS.map(([key]) => key))];

/** The values that `key` may have, in order of time. */
export function versionValues(key: string): readonly string[] {
  return VERSIONS.flatMap(([other, values]) => (other === key ? values : []));
}

export function findVersion(key: string, value: string): TemplateVersion | undefined {
  for (const [otherKey, values, heatClass, dialect] of VERSIONS) {
    if (otherKey === key && values.includes(value)) return { key, value, heatClass, dialect };
  }
  return undefined;
}
