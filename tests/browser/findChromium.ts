import {accessSync, constants, existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'

import {chromium} from 'playwright-core'

/** Names the browser to use, before every other place. */
export const CHROMIUM_VARIABLE = 'CHROMIUM_PATH'

/** For people: how to get what {@link findChromium} did not find. */
export const HOW_TO_GET_ONE =
  'Install one (Debian: apt-get install chromium; anywhere: npx playwright-core install chromium), ' +
  `or name the one you have in ${CHROMIUM_VARIABLE}.`

/** What Chromium and its relatives are called where programs are found by name. */
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
 * The Chromium to test in: the one the environment names, else the system's, else Playwright's own.
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
