/** Words of `--action`. */
export const ACTIONS = [
  'create',
  'update',
  'delete',
  'rollback',
  'check',
  'suspend',
  'resume',
  'snapshot',
  'restore',
  'adopt',
  'abandon',
] as const;
