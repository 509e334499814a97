import { unhashableKey, unknownParameterOrResource } from '../../diagnostics/functions.ts';
import { hashable } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { typeName, type Value } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import { Call, type Expression, expressionType, type FunctionDefinition, OMIT } from '../expression.ts';
import { GET_RESOURCE } from '../hot/get-resource.ts';
import { isPythonError, PythonError } from '../python-error.ts';

/** `Ref: name` of a parameter, also where no resource can be meant. Mirrors ParamRef. */
export const PARAM_REF: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'ParamRef',
  form: 'the name of a parameter',
  evaluate({ args }, runtime) {
    const name = evaluate(args, runtime);
    if (!hashable(name)) throw new PythonError('TypeError', unhashableKey(typeName(name)));
    try {
      return runtime.parameter(name);
    } catch (error) {
      if (!isPythonError(error, 'UserParameterMissing', 'KeyError')) throw error;
      throw new PythonError('InvalidTemplateReference', unknownParameterOrResource(str(name)));
    }
  },
});

/**
 * `Ref: name` of a resource or a parameter. A name that the template's resources do not have is taken for a
 * parameter's; whether there is one is found when it is evaluated. Mirrors Ref.
 */
export const REF: FunctionDefinition = Object.freeze<FunctionDefinition>({
  ...PARAM_REF,
  heatClass: 'Ref',
  form: 'the name of a resource or of a parameter',
  specialise: (args, context) => (context.declaresResource(lookedUpName(args)) ? GET_RESOURCE : PARAM_REF),
});

/** @throws PythonError TypeError for a call, a list or a map. */
function lookedUpName(args: Expression): Value {
  if (args === OMIT) return null;
  if (args instanceof Call || !hashable(args as Value)) {
    throw new PythonError('TypeError', unhashableKey(expressionType(args)));
  }
  return args as Value;
}
