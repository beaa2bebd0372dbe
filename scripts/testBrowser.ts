/** The `npm run test:browser` command: builds the Studio if needed, then runs the browser tests. */
import {spawn} from 'node:child_process'
import {join} from 'node:path'

import {findChromium, HOW_TO_GET_ONE} from '../tests/browser/findChromium.ts'
import {buildStudio, isStudioBuilt} from './command/buildStudio.ts'
import {runCommand} from './command/runCommand.ts'

const root = join(import.meta.dirname, '..')

const runVitest = (argv: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const config = join('tests', 'browser', 'vitest.browser.config.ts')
    const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...argv], {
      cwd: root,
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })

/**
 * Runs the tests in a real browser; arguments are passed to Vitest. Without a browser they are
 * skipped on a developer's machine and fail in CI.
 */
await runCommand('test:browser', async (argv) => {
  if (findChromium(process.env) === null) {
    process.stderr.write(`Browser tests skipped: no Chromium was found. ${HOW_TO_GET_ONE}\n`)
    return process.env['CI'] || process.env['COPYDESK_CI'] ? 1 : 0
  }
  // Built here and not under Vitest, whose NODE_ENV would give a development build.
  if (!(await isStudioBuilt())) {
    process.stdout.write('Building the Studio …\n')
    await buildStudio(AbortSignal.timeout(300_000))
  }
  return runVitest(argv)
})
