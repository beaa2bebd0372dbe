import {fileURLToPath} from 'node:url'

import {DEFAULT_DATASET} from '@copydesk/lake'
import {Config, settings} from '@oclif/core'
import {runWithCliExecutionContext} from '@sanity/cli-core/executionContext'

import type {OpenLake} from './openLake.ts'

/**
 * Runs a command of Sanity's CLI in this process. The CLI has no setting for another host, but its
 * execution context takes a `fetch`: the one given here sends requests for Sanity's API to the
 * lake. The event source of `dataset copy` uses the global `fetch` instead, so that is replaced too
 * while the command runs.
 * @returns The command's exit code.
 */
export const runSanity = async (lake: OpenLake, argv: readonly string[]): Promise<number> => {
  const fetchAnywhere = globalThis.fetch
  settings.enableAutoTranspile = false
  const config = await Config.load({
    root: fileURLToPath(import.meta.resolve('@sanity/cli')),
    userPlugins: false,
  })
  const {id, rest} = findCommand(config, argv)
  const context = {
    token: lake.token,
    stdout: (line: string) => process.stdout.write(`${line}\n`),
    stderr: (line: string) => process.stderr.write(`${line}\n`),
    fetch: (url: string, init?: RequestInit) => fetchAnywhere(atLake(url, lake.url), init),
  }
  const args = [...rest, ...contextFlags(config, id, rest, lake.projectId)]
  globalThis.fetch = (input, init) =>
    fetchAnywhere(input instanceof Request ? input : atLake(String(input), lake.url), init)
  try {
    await runWithCliExecutionContext(context, () => config.runCommand(id, args))
  } finally {
    globalThis.fetch = fetchAnywhere
  }
  return 0
}

/** The longest prefix of the arguments that is a command: `dataset list`, `documents query`. */
const findCommand = (
  config: Config,
  argv: readonly string[],
): {id: string; rest: readonly string[]} => {
  for (let length = Math.min(argv.length, 3); length > 0; length--) {
    const command = config.findCommand(argv.slice(0, length).join(':'))
    if (command !== undefined) return {id: command.id, rest: argv.slice(length)}
  }
  return {id: argv.join(':'), rest: []}
}

/** Adds the project and dataset for commands that take them, unless they were given. */
const contextFlags = (
  config: Config,
  id: string,
  given: readonly string[],
  projectId: string,
): string[] => {
  const flags = config.findCommand(id)?.flags ?? {}
  const flag = (name: string, short: string, value: string): string[] =>
    flags[name] === undefined ||
    given.some((word) => word === short || word.startsWith(`--${name}`))
      ? []
      : [`--${name}`, value]
  return [
    ...flag('project-id', '-p', projectId),
    // Dataset commands take the dataset as an argument, and the flag would override it.
    ...(id.startsWith('documents:') ? flag('dataset', '-d', DEFAULT_DATASET) : []),
  ]
}

const API = /^https:\/\/(?:[a-z0-9-]+\.)?(?:api|apicdn)\.sanity\.(?:io|work)(?=\/)/

const atLake = (url: string, lakeUrl: string): string => url.replace(API, lakeUrl)
