import {accessSync, constants, existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'

import {chromium} from 'playwright-core'

/** The variable that names the browser to use; it wins over every other place. */
const CHROMIUM_VARIABLE = 'CHROMIUM_PATH'

/** For messages: how to get a browser when {@link findChromium} found none. */
export const HOW_TO_GET_ONE =
  'Install one (Debian: apt-get install chromium; anywhere: npx playwright-core install chromium), ' +
  `or set ${CHROMIUM_VARIABLE} to the path of yours.`

/** The program names of Chromium and related browsers. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]

const MAC_APPLICATIONS = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

const WINDOWS_PROGRAMS = [
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
]

/**
 * The Chromium for tests: the one in the environment variable, else the system's, else
 * Playwright's.
 * @returns null when there is none
 * @throws Error when the environment names a file that is not there
 */
export const findChromium = (
  environment: Readonly<Record<string, string | undefined>>,
): string | null => {
  const named = environment[CHROMIUM_VARIABLE]
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`${CHROMIUM_VARIABLE} is ${named}, but there is no such file.`)
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean)
  const programFiles = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
    (name) => environment[name] ?? [],
  )
  const places = [
    ...folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command))),
    ...MAC_APPLICATIONS,
    ...programFiles.flatMap((folder) => WINDOWS_PROGRAMS.map((program) => join(folder, program))),
    chromium.executablePath(),
  ]
  return places.find(isExecutable) ?? null
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
