#!/usr/bin/env node
// The only place that knows the process: arguments, streams, terminal, clock in; exit code out. CommonJS, because that
// starts faster.

const args = process.argv.slice(2);

// A closed pipe (`leadgoal plan | head`) is a normal end.
const isClosed = { stdout: false, stderr: false };
const write = (name) => (text) => {
  if (!isClosed[name]) process[name].write(text);
  return !isClosed[name];
};
for (const name of ['stdout', 'stderr']) {
  process[name].on('error', (fault) => {
    isClosed[name] = true;
    if (fault.code === 'EPIPE') return;
    write('stderr')(`leadgoal: standard output cannot be written (${fault.code})\n`);
    process.exitCode = 2;
  });
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function main() {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    const { VERSION } = await import('../dist/version.js');
    write('stdout')(`${VERSION}\n`);
    return 0;
  }
  const { loadProgram } = require('./load.cjs');
  return loadProgram().program.run(args, {
    out: write('stdout'),
    err: write('stderr'),
    columns: (process.stdout.isTTY && process.stdout.columns) || null,
    isTerminal: process.stdout.isTTY === true,
    environment: process.env,
    today,
  });
}

main().then(
  (code) => {
    process.exitCode ??= code;
  },
  (fault) => {
    if (fault.code !== 'ENOENT' && fault.code !== 'ERR_MODULE_NOT_FOUND') throw fault;
    write('stderr')('leadgoal is not built: run npm run build\n');
    process.exitCode = 70;
  },
);
