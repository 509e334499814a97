import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEAT_CATALOG, readProperties } from '../../src/catalog/catalog.ts';
import { decode, type Json } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';
import { isError, told, toldByHeat } from './planned-stack.ts';

const FILE = process.env.CATALOG_VALUES ?? new URL('../../fixtures/implicit/values.jsonl', import.meta.url).pathname;

type Case = [type: string, given: Json, read: Record<string, Json>];

const CASES = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)
  .filter(([, , read]) => !isError(read));

describe('Properties as the classes of Heat read them', () => {
  it('covers every type', () => expect(new Set(CASES.map(([type]) => type)).size).toBeGreaterThan(190));

  it.each(CASES)('%s', (name, given, read) => {
    const type = HEAT_CATALOG.get(name);
    if (type === undefined) throw new Error('unknown type');
    const values = decode(given) as ReadonlyMap<string, Value>;
    const reader = readProperties(type, (property) => values.get(property));
    const got = new Map<string, Json>();
    const wanted = new Map<string, Json>();
    for (const [property, value] of Object.entries(read)) {
      // Values that Heat builds anew, which the catalog leaves to the service's own code.
      if (name === 'OS::Neutron::Router' && property.startsWith('l3_agent')) continue;
      if (name === 'OS::Heat::RandomString' && ['sequence', 'character_classes'].includes(property)) continue;
      if (name === 'OS::Magnum::BayModel' && property === 'ssh_authorized_key') continue;
      got.set(property, told(reader.property(property)));
      wanted.set(property, toldByHeat(value));
    }
    expect(got).toEqual(wanted);
  });
});
