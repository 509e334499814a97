/** What the process answers to its caller. Above 2 they are those of BSD's sysexits. */
export const EXIT = {
  fine: 0,
  templateWrong: 1,
  runFailed: 2,
  usage: 64,
  internal: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
