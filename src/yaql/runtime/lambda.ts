import { Expression } from '../language/expression.ts';
import { Context, variableName } from './context.ts';
import { Callable, type Runtime } from './objects.ts';
import { NO_RECEIVER, type Receiver } from './receiver.ts';
import type { Run } from './run.ts';

/** An expression as a function: its arguments are `$1`, `$2`, ... and named variables while it runs. */
export class Lambda extends Callable {
  readonly body: Runtime | Expression;
  readonly context: Context;
  readonly #run: Run;

  constructor(body: Runtime | Expression, context: Context, run: Run) {
    super();
    this.body = body;
    this.context = context;
    this.#run = run;
  }

  call(positional: readonly Runtime[], keyword?: ReadonlyMap<string, Runtime>): Runtime {
    return this.callIn(new Context(this.context), NO_RECEIVER, positional, keyword);
  }

  /** `lambda(a)`, without making an array first where there is one argument. */
  of(argument: Runtime): Runtime {
    const { body } = this;
    if (!(body instanceof Expression)) return this.call([argument]);
    const context = new Context(this.context);
    context.set('$1', argument);
    return this.#run.evaluate(body, NO_RECEIVER, context, this.#run);
  }

  callIn(
    context: Context,
    receiver: Receiver,
    positional: readonly Runtime[],
    keyword?: ReadonlyMap<string, Runtime>,
  ): Runtime {
    for (let i = 0; i < positional.length; i++) context.set(`$${i + 1}`, positional[i] as Runtime);
    if (keyword !== undefined) for (const [name, value] of keyword) context.set(variableName(`$${name}`), value);
    const { body } = this;
    if (body instanceof Expression) return this.#run.evaluate(body, receiver, context, this.#run);
    return body instanceof Callable ? body.call(positional, keyword) : body;
  }
}
