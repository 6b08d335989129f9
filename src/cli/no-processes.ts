/**
 * Stands for `node:child_process` in the bundle: commander can run other programs as its commands, ours are all
 * inside, and loading Node's child processes is a tenth of a short run.
 */
export {};
