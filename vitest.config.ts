import {availableParallelism} from 'node:os'
import {join} from 'node:path'

import {defineConfig} from 'vitest/config'

/** Tests with this tag run in `npm run test:long`, and `npm test` leaves them out. */
export const LONG = {
  name: 'long',
  description: 'takes too long for every change: npm run test:long',
}

/**
 * Files in a process of their own: those that compute for seconds, because V8 runs the same code more
 * slowly after other files used it in other ways, and those that start and kill processes.
 */
const ALONE = [
  '**/{cli,commands,faults,fuzz,writer}/**/*.test.ts',
  '**/{mendoza,officialSuite,replay,sources}.test.ts',
  '**/*.oracle.test.ts',
]

/**
 * With protection keys, V8 sometimes ends a process in which many threads start and end: “Check
 * failed: jit_page.has_value()”. Tests open hundreds of lakes, each with threads, in one process.
 */
export const NODE_OPTIONS =
  process.platform === 'linux' && process.arch === 'x64' ? ['--no-memory-protection-keys'] : []

const EXCLUDED = ['**/node_modules/**', 'dist/**', '.lake/**', 'tests/browser/**']

export default defineConfig({
  test: {
    // Vitest leaves one core free, so a machine with two would use one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    execArgv: NODE_OPTIONS,
    tags: [LONG],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine may take longer than Vitest's second.
    expect: {poll: {timeout: 10_000}},
    // Commands that tests start take half the time when Node has compiled their modules before.
    env: {NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled')},
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          exclude: EXCLUDED,
          sequence: {groupOrder: 1},
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...EXCLUDED, ...ALONE],
          // A process and the imports of the lake take longer than the tests of most files.
          isolate: false,
          sequence: {groupOrder: 2},
        },
      },
    ],
  },
})
