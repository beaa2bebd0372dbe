import {defineConfig} from 'vitest/config'

import {LONG} from '../../vitest.config.ts'

/** Every file is one task of an editor's day, in a newsroom of its own and one shared browser. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    tags: [LONG],
    globalSetup: ['globalSetup.ts'],
    // Two pages at a time keep two cores busy; more make each other wait.
    maxWorkers: 2,
    testTimeout: 300_000,
    // What fails once is looked into, but Sanity's own popovers and dialogs now and then miss a
    // click on a machine that has other work: that alone must not stop a release.
    retry: 1,
    expect: {poll: {timeout: 60_000, interval: 100}},
    hookTimeout: 60_000,
  },
})
