import {defineConfig} from 'vitest/config'

/** Every file is one task of an editor's day, in a newsroom of its own and one shared browser. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['globalSetup.ts'],
    // Two pages at a time keep two cores busy; more make each other wait.
    maxWorkers: 2,
    testTimeout: 300_000,
    // What fails once is a defect, of the product or of the test.
    retry: 0,
    expect: {poll: {timeout: 60_000, interval: 100}},
    hookTimeout: 60_000,
  },
})
