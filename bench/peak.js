// Loaded before a program to hear its peak memory, as the operating system accounts for it, when it ends.
import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(2, `peak ${process.resourceUsage().maxRSS} kB\n`));
