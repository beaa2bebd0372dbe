/**
 * Where the lake's own programs are: the main modules of its threads and processes. They are loaded by
 * path. `imports` in package.json names them, because the published package joins modules into
 * larger files, so a path relative to the calling module would be wrong there.
 */
import {createRequire} from 'node:module'

const {resolve} = createRequire(import.meta.url)

/**
 * The path of the file. Called when a module is loaded, because it reads package.json, which fails
 * when no more files can be opened.
 */
export const ownModule = (name: `#${string}`): string => resolve(name)
