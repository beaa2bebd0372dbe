/** Runs Sanity's CLI for the npm commands that build or serve the Studio. */
import {type ChildProcess, spawn, type StdioOptions} from 'node:child_process'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Runs Sanity's CLI on the Studio for an embedded lake, even if the environment or an `.env` file
 * names a hosted project.
 * @param apiHost Address of the lake; empty for the lake that will serve the Studio itself.
 */
export const runStudioCommand = (
  args: readonly string[],
  apiHost: string,
  stdio: StdioOptions,
  signal: AbortSignal,
): ChildProcess =>
  spawn(process.execPath, [join(root, 'node_modules', 'sanity', 'bin', 'sanity'), ...args], {
    cwd: root,
    env: {
      ...process.env,
      // Set explicitly, because tests would otherwise get a development build.
      NODE_ENV: args[0] === 'build' ? 'production' : 'development',
      SANITY_STUDIO_PROJECT_ID: 'copydesk',
      SANITY_STUDIO_DATASET: 'production',
      SANITY_STUDIO_API_HOST: apiHost,
      CI: '1',
    },
    stdio,
    signal,
  })
