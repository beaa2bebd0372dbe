/**
 * Which versions of Node can run a lake. This module imports nothing, so that it can say so where
 * the others cannot even be loaded.
 *
 * Node 22.16 is the first whose node:sqlite has rows as arrays, a busy timeout, `isTransaction` and
 * `backup`; of Node 23 no version has all of them.
 */
const OLDEST_NODE = '22.16'

const isSupported = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 16)
}

/**
 * Why a version of Node cannot run a lake, for its user; undefined when it can.
 * @param version Such as `22.16.0`.
 */
export const nodeProblem = (version: string): string | undefined =>
  isSupported(version)
    ? undefined
    : `This is Node ${version}; @copydesk/lake needs ${OLDEST_NODE} or a later 22, or 24 or later. ` +
      'Install one of those, from https://nodejs.org for example.'
