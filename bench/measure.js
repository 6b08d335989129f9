// How everything is measured: processes in turns, their medians, as ratios. Absolute times are left out on purpose: they
// say more of the machine than of the program.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const peakScript = pathToFileURL(join(here, 'peak.js')).href;

export const program = join(here, '..', 'bin', 'leadgoal.js');
export const RUNS = Number(process.env.BENCH_RUNS ?? 7);

/** A process that does nothing but start. */
export const BARE = ['-e', '0'];

/** Wall-clock milliseconds of one process; what it prints is read and thrown away. */
export function timed(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 31 - 1,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
  return milliseconds;
}

function median(values) {
  const sorted = [...values].sort((first, second) => first - second);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Median of each command over alternating runs, after some of each that do not count. */
export function alternate(commands, runs, warmUps = 1) {
  const times = commands.map(() => []);
  for (let run = -warmUps; run < runs; run++) {
    for (const [index, args] of commands.entries()) {
      const time = timed(args);
      if (run >= 0) times[index].push(time);
    }
  }
  return times.map(median);
}

/** Peak memory of a process in GB. */
export function peakGigabytes(args) {
  const { stderr } = spawnSync(process.execPath, ['--import', peakScript, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return Number(/peak (\d+) kB/.exec(String(stderr))?.[1]) / 1e6;
}

/** A line a measurement; a missed target is said and is no failure. */
export function say(what, ratio, target) {
  const verdict = target === undefined ? '' : `   target ≤ ${target}   ${ratio <= target ? 'met' : 'MISSED'}`;
  console.log(`${what.padEnd(86)} ${ratio.toFixed(2).padStart(6)}${verdict}`);
}
