// Loads the program together with its compiled code, which the build keeps beside it: a short command then does not
// spend most of its time compiling. V8 itself refuses compiled code of another version or other flags; the program
// is compiled as usual then.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const PROGRAM = fileURLToPath(new URL('../dist/program.cjs', import.meta.url));

/** Where the compiled code of the program is kept. */
export const CODE = fileURLToPath(new URL('../dist/program.code', import.meta.url));

function compiledCode() {
  try {
    return readFileSync(CODE);
  } catch {
    return undefined;
  }
}

/** The program's exports, and the script they came from. */
export function loadProgram() {
  // The bundle is ASCII; read as such it is one byte a character.
  const source = readFileSync(PROGRAM, 'latin1');
  const cachedData = compiledCode();
  const script = new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
    filename: PROGRAM,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(PROGRAM), module, PROGRAM);
  return { program: module.exports, script };
}
