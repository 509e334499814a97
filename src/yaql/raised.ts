/**
 * What evaluation throws inside this room: a Python exception by the name of its class. Not an `Error`, because a stack
 * trace of our own functions costs more than most expressions and tells the author of the expression nothing.
 */
export class Raised {
  /** Python's class: `KeyError`, `NoMatchingFunctionException`, ... */
  readonly className: string;
  readonly message: string;
  /** Offset in the expression, in UTF-16 units; set by the innermost call that the exception passes through. */
  position: number | undefined;

  constructor(className: string, message: string, position?: number) {
    this.className = className;
    this.message = message;
    this.position = position;
  }
}

/** A limit of ours was passed. Nothing inside an expression may catch it. */
export class LimitPassed extends Raised {}

export function typeError(message: string): Raised {
  return new Raised('TypeError', message);
}

export function valueError(message: string): Raised {
  return new Raised('ValueError', message);
}

export function overflowError(message: string): Raised {
  return new Raised('OverflowError', message);
}

export function attributeError(typeName: string, attribute: string): Raised {
  return new Raised('AttributeError', `'${typeName}' object has no attribute '${attribute}'`);
}
