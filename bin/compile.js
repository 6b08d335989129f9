// Runs after the build and after an install: runs the program once and keeps the code that V8 compiled for it, for this
// version of Node. Where that cannot be done the program works as well, a little slower.
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import load from './load.cjs';

const TEMPLATE = fileURLToPath(new URL('../fixtures/init/leadgoal.yaml', import.meta.url));
const SILENT = {
  out: () => true,
  err: () => true,
  columns: 100,
  isTerminal: false,
  environment: {},
  today: () => '2027-01-01',
};

const { CODE, loadProgram } = load;

try {
  const { program, script } = loadProgram();
  const runs = [
    ['plan', TEMPLATE],
    ['plan', TEMPLATE, '-f', 'json'],
    ['plan', TEMPLATE, '-f', 'csv'],
    ['--help'],
  ];
  for (const args of runs) await program.run(args, SILENT);
  writeFileSync(`${CODE}.partial`, script.createCachedData());
  renameSync(`${CODE}.partial`, CODE);
} catch (fault) {
  // After an install nothing may fail for the sake of speed; in a checkout that is not built there is nothing to compile.
  if (process.env.npm_lifecycle_event !== 'postinstall') throw fault;
}
