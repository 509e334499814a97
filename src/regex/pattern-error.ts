/** Why a pattern is not one. Thrown inside this room, returned by it. */
export class PatternError {
  /** Python's class: `error` (`re.error`) or `OverflowError`. */
  readonly className: string;
  readonly message: string;
  /** Offset in code points. */
  readonly position: number;

  constructor(message: string, position: number, className = 'error') {
    this.className = className;
    this.message = message;
    this.position = position;
  }
}
