import { afterEach, beforeEach, expect } from 'vitest';

/** What every object shares; no template may change it. */
const SHARED: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  Map.prototype,
  Set.prototype,
  Object,
];

function snapshot(): unknown[] {
  return SHARED.map((object) => Object.entries(Object.getOwnPropertyDescriptors(object)));
}

/** After each test of the file, the prototypes are what they were before it. */
export function expectUnchangedPrototypes(): void {
  let before: unknown[];
  beforeEach(() => {
    before = snapshot();
  });
  afterEach(() => {
    expect(snapshot()).toEqual(before);
  });
}
