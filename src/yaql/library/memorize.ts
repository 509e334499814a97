import { allocate } from '../runtime/budget.ts';
import { iterate } from '../runtime/iteration.ts';
import { isIterator, Memorized, type Runtime } from '../runtime/objects.ts';

/** The collection in a form that can be iterated again. */
export function memorize(collection: Runtime): Runtime {
  if (!isIterator(collection)) return collection;
  return new Memorized(iterate(collection), () => allocate(64));
}
