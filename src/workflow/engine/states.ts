/** States of workflows and tasks, by Mistral's names. */
export type State = 'IDLE' | 'WAITING' | 'RUNNING' | 'DELAYED' | 'PAUSED' | 'SUCCESS' | 'ERROR' | 'CANCELLED';

export type FinalState = 'SUCCESS' | 'ERROR' | 'CANCELLED';

export function isCompleted(state: State): state is FinalState {
  return state === 'SUCCESS' || state === 'ERROR' || state === 'CANCELLED';
}
