import {defineConfig} from 'vitest/config'

import {LONG, NODE_OPTIONS} from '../../vitest.config.ts'

/** Every file is one task of an editor, in a separate newsroom and one shared browser. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    tags: [LONG],
    globalSetup: ['globalSetup.ts'],
    // Two pages at a time keep two cores busy; more make each other wait.
    maxWorkers: 2,
    execArgv: NODE_OPTIONS,
    testTimeout: 300_000,
    // One retry, because Sanity's popovers and dialogs sometimes miss a click on a busy machine;
    // that alone must not stop a release.
    retry: 1,
    expect: {poll: {timeout: 60_000, interval: 100}},
    hookTimeout: 60_000,
  },
})
