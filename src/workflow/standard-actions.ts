import { truthy } from '../values/equality.ts';
import { parseFloatText, parseInteger } from '../values/number-text.ts';
import { Float, type Value } from '../values/value.ts';
import { ActionError, ActionRegistry } from './actions.ts';
import { HTTP_PARAMETERS, sendHttp } from './http-action.ts';

/**
 * Mistral's standard actions that need nothing installed: std.noop, std.echo, std.fail, std.sleep, std.async_noop,
 * std.test_dict, std.http, std.mistral_http. std.ssh is a module of its own; std.javascript (std.js), std.email and
 * std.ssh_proxied are the host's to add, as `WORKFLOW_ACTION_UNKNOWN` says before anything runs.
 */
export function standardActions(): ActionRegistry {
  return new ActionRegistry()
    .add('std.noop', { parameters: [], run: () => null })
    .add('std.async_noop', { parameters: [], asynchronous: true, run: () => null })
    .add('std.echo', {
      parameters: ['output', 'delay?'],
      run: async (input, { sleep }) => {
        const delay = seconds(input.get('delay') ?? 0, parseFloatText);
        if (delay > 0) await sleep(delay * 1000);
        return input.get('output') ?? null;
      },
    })
    .add('std.fail', {
      parameters: ['error_data?'],
      run: (input) => {
        const data = input.get('error_data') ?? null;
        if (truthy(data)) throw new ActionError(data);
        throw new Error('std.fail always fails');
      },
    })
    .add('std.sleep', {
      parameters: ['seconds?'],
      run: async (input, { sleep }) => {
        await sleep(Math.trunc(seconds(input.get('seconds') ?? 1, parseInteger)) * 1000);
        return null;
      },
    })
    .add('std.test_dict', {
      parameters: ['size?', 'key_prefix?', 'val?'],
      run: (input) => {
        const size = Number(input.get('size') ?? 0);
        const prefix = String(input.get('key_prefix') ?? '');
        const value = input.get('val') ?? '';
        return new Map(Array.from({ length: size }, (_, i) => [`${prefix}${i}`, value] as const));
      },
    })
    .add('std.http', { parameters: HTTP_PARAMETERS, run: (input, context) => sendHttp(input, context, {}) })
    .add('std.mistral_http', {
      parameters: HTTP_PARAMETERS,
      asynchronous: true,
      run: (input, context) =>
        sendHttp(input, context, {
          'Mistral-Workflow-Name': context.workflow,
          'Mistral-Workflow-Execution-Id': context.executionId,
          'Mistral-Task-Id': context.taskId,
          'Mistral-Action-Execution-Id': context.id,
          'Mistral-Callback-URL': `/v2/action_executions/${context.id}`,
        }),
    });
}

/** Text that is no number is 0, and so is what is negative. */
function seconds(value: Value, parse: (text: string) => number | bigint | Float | undefined): number {
  const given = typeof value === 'string' ? parse(value) : value;
  const number =
    given instanceof Float ? given.value : typeof given === 'number' || typeof given === 'bigint' ? Number(given) : 0;
  return Math.max(0, number);
}
