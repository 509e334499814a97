/** Why a property has no value. An object of this class stands where the value would. */
export class PropertyFailure {
  /** The exception that Heat raises at this place. */
  readonly heat: 'ValueError' | 'StackValidationFailed';
  readonly message: string;

  constructor(heat: 'ValueError' | 'StackValidationFailed', message: string) {
    this.heat = heat;
    this.message = message;
  }
}

/** A property that is required and missing, of the wrong type, or whose functions fail: rules pass over it. */
export const INVALID: PropertyFailure = new PropertyFailure('ValueError', 'The property has no valid value');

export function isFailure(reading: unknown): reading is PropertyFailure {
  return reading instanceof PropertyFailure;
}
