/**
 * Finds the main modules of the lake's threads and processes, which are started by their path. They
 * are named in package.json under `imports`: the published package joins modules into larger files,
 * so a path relative to the caller would be wrong there.
 */
import {createRequire} from 'node:module'

const {resolve} = createRequire(import.meta.url)

/**
 * The path of the file. Called when a module is loaded, because it reads package.json, which fails
 * when no more files can be opened.
 */
export const ownModule = (name: `#${string}`): string => resolve(name)
