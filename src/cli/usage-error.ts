/** The command line itself is wrong: one line for people, exit code 64. */
export class UsageError extends Error {}
