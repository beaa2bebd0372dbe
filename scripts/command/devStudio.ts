/** The Studio of `npm run dev`: Sanity's development server, run as a child process. */
import {freePort} from './freePorts.ts'
import {runStudioCommand} from './localStudio.ts'
import {CommandError} from './runCommand.ts'

/**
 * Serves the Studio from its sources, with live reload, until `signal` aborts.
 * @param onReady Called with the Studio's address once it answers.
 * @throws CommandError with the server's output if it ends by itself.
 */
export const runDevStudio = async (
  apiHost: string,
  onReady: (url: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const port = await freePort()
  const child = runStudioCommand(
    ['dev', '--port', String(port), '--host', 'localhost'],
    apiHost,
    ['ignore', 'pipe', 'pipe'],
    signal,
  )
  let printed = ''
  let ready = false
  const read = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-10_000)
    const url = /running at (http:\S+)/.exec(printed)?.[1]
    if (url === undefined || ready) return
    ready = true
    onReady(url)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => (signal.aborted ? resolve() : reject(error)))
    child.once('close', () =>
      signal.aborted
        ? resolve()
        : reject(new CommandError(`The Studio's development server ended:\n${printed.trim()}`)),
    )
  })
}
