// Loads the program together with its compiled code, which is kept beside it: a short command then does not spend most
// of its time compiling. V8 itself refuses compiled code of another version or other flags; the program is compiled as
// usual then. CommonJS, because that loads faster.
const { readFileSync, statSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '../dist/program.cjs');

/** Where the compiled code of the program is kept. */
const CODE = join(__dirname, '../dist/program.code');

function compiledCode() {
  try {
    // V8 tells other code by its length alone: what is older than the program is not of it.
    if (statSync(CODE).mtimeMs < statSync(PROGRAM).mtimeMs) return undefined;
    return readFileSync(CODE);
  } catch {
    return undefined;
  }
}

/** The program's exports, and the script they came from. */
function loadProgram() {
  const cachedData = compiledCode();
  // The bundle is ASCII (a test sees to it): one byte a character is read and kept.
  const source = readFileSync(PROGRAM, 'latin1');
  const script = new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
    filename: PROGRAM,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(PROGRAM), module, PROGRAM);
  return { program: module.exports, script };
}

module.exports = { CODE, loadProgram };
