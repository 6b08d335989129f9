#!/usr/bin/env node
// The only place that knows the process: arguments, streams, terminal, clock in; exit code out.
import { run } from '../dist/run.js';

// A closed pipe (`leadgoal plan | head`) is a normal end.
const isClosed = { stdout: false, stderr: false };
for (const name of ['stdout', 'stderr']) {
  process[name].on('error', (fault) => {
    if (fault.code !== 'EPIPE') throw fault;
    isClosed[name] = true;
  });
}
const write = (name) => (text) => {
  if (!isClosed[name]) process[name].write(text);
  return !isClosed[name];
};

process.exitCode = await run(process.argv.slice(2), {
  out: write('stdout'),
  err: write('stderr'),
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  isTerminal: process.stdout.isTTY === true,
  environment: process.env,
  today: () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  },
});
