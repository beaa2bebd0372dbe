import {availableParallelism} from 'node:os'

import {defineConfig} from 'vitest/config'

/** Tests with this tag run in `npm run test:long`, and `npm test` leaves them out. */
export const LONG = {
  name: 'long',
  description: 'takes too long for every change: npm run test:long',
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', 'dist/**', '.lake/**', 'tests/browser/**'],
    // Vitest leaves one core free, of which a machine with two has only one left.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    tags: [LONG],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
