export type Shape = 'chain' | 'wide' | 'layered' | 'neutron';

/**
 * The text of a template with `count` resources, always the same.
 *
 *     chain     every resource refers to the one before
 *     wide      every resource refers to the first one
 *     layered   20 layers; every resource refers to up to three of the layer before
 *     neutron   a network, its subnet and its port, over and over: what the implicit rules cost
 *
 * References are in turn a get_resource, a get_attr inside a str_replace, and a depends_on; all resources but neutron's
 * are OS::Heat::None.
 */
export function madeUpTemplate(shape: Shape, count: number): string {
  const lines = ['heat_template_version: 2018-08-31', 'resources:'];
  if (shape === 'neutron') {
    for (let i = 0; i < count / 3; i++) {
      lines.push(
        `  net_${i}: {type: OS::Neutron::Net}`,
        `  subnet_${i}:`,
        '    type: OS::Neutron::Subnet',
        `    properties: {network: {get_resource: net_${i}}, cidr: 10.0.0.0/24}`,
        `  port_${i}:`,
        '    type: OS::Neutron::Port',
        `    properties: {network: {get_resource: net_${i}}}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
  const requires = REQUIREMENTS[shape](count);
  let turn = 0;
  for (let i = 0; i < count; i++) {
    lines.push(`  res_${i}:`, '    type: OS::Heat::None', '    properties:', `      name: resource number ${i}`);
    const depends: string[] = [];
    requires(i).forEach((target, number) => {
      const kind = turn++ % 3;
      if (kind === 0) lines.push(`      ref_${number}: {get_resource: res_${target}}`);
      else if (kind === 2) depends.push(`      - res_${target}`);
      else {
        lines.push(
          `      attr_${number}:`,
          '        str_replace:',
          '          template: value of $x',
          '          params:',
          `            $x: {get_attr: [res_${target}, some, path]}`,
        );
      }
    });
    if (depends.length > 0) lines.push('    depends_on:', ...depends);
  }
  return `${lines.join('\n')}\n`;
}

const LAYERS = 20;

const REQUIREMENTS: Record<Exclude<Shape, 'neutron'>, (count: number) => (resource: number) => readonly number[]> = {
  chain: () => (i) => (i === 0 ? [] : [i - 1]),
  wide: () => (i) => (i === 0 ? [] : [0]),
  layered(count) {
    const width = Math.max(1, Math.floor(count / LAYERS));
    let seed = count;
    const random = (limit: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % limit;
    };
    return (i) => {
      const layer = Math.min(Math.floor(i / width), LAYERS - 1);
      if (layer === 0) return [];
      const targets = Array.from({ length: 1 + random(3) }, () => (layer - 1) * width + random(width));
      return [...new Set(targets)].sort((a, b) => a - b);
    };
  },
};
