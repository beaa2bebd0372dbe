import {execFile} from 'node:child_process'
import {join} from 'node:path'
import {promisify} from 'node:util'

const root = join(import.meta.dirname, '..', '..')

/** The environment for a Studio that uses the lake which serves it. */
export const EMBEDDED = {
  SANITY_STUDIO_PROJECT_ID: 'copydesk',
  SANITY_STUDIO_DATASET: 'production',
  SANITY_STUDIO_API_HOST: '',
}

/**
 * Builds the Studio into a folder, like `sanity deploy`.
 * @param checkout Where its sources are; this checkout by default.
 */
export const buildVariant = async (
  target: string,
  environment: Readonly<Record<string, string>>,
  checkout = root,
): Promise<void> => {
  const cli = join(root, 'node_modules', 'sanity', 'bin', 'sanity')
  await promisify(execFile)(process.execPath, [cli, 'build', target, '--yes'], {
    cwd: checkout,
    env: {...process.env, NODE_ENV: 'production', CI: '1', ...environment},
  })
}
