#!/usr/bin/env node
import { runCommandLine } from './command-line.ts';
import { ProcessTerminal } from './process-terminal.ts';

const terminal = new ProcessTerminal();
const code = await runCommandLine(process.argv.slice(2), terminal);
await terminal.flushed();
// Handlers may have left sockets and timers behind that would keep the process alive.
process.exit(code);
