/** Starts what a server runs: lake and site by the commands of their units, and a proxy before them. */
import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, writeFileSync} from 'node:fs'
import {connect} from 'node:net'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'

import {type Place, root} from './place.ts'

/** A program that runs until it is stopped. */
export interface Program extends AsyncDisposable {
  stop(): Promise<void>
}

interface Command {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a unit of systemd by hand, and waits for its line `ready`. */
export const startUnit = (
  place: Place,
  unit: string,
  settings: Readonly<Record<string, string>>,
): Promise<Program> => {
  const text = place.installed(join('systemd', unit))
  const [, line = ''] = /^ExecStart=(.*)$/m.exec(text) ?? []
  const argv = line
    .split(' ')
    .map((word) => word.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => settings[name] ?? ''))
  return start({argv, env: settings}, printsReady)
}

const printsReady = async (child: ChildProcess): Promise<void> => {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk)
    if (/^ready /m.test(printed)) {
      // Read on, so that the program never waits for a reader.
      child.stdout?.resume()
      return
    }
  }
}

const start = async (
  {argv: [file = '', ...argv], env = {}}: Command,
  isReady: (child: ChildProcess) => Promise<void>,
): Promise<Program> => {
  const child = spawn(file, argv, {
    cwd: root,
    env: {PATH: process.env['PATH'], ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000)
  })
  const ended = once(child, 'close')
  const failed = ended.then(() => {
    throw new Error(`${[file, ...argv].join(' ')} ended:\n${complaints}`)
  })
  // Later it ends because it was stopped.
  failed.catch(() => {})
  await Promise.race([isReady(child), failed])
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  return {stop, [Symbol.asyncDispose]: stop}
}

/** Resolves when something listens on the port. */
const listens = async (port: number): Promise<void> => {
  for (;;) {
    const socket = connect({port, host: '127.0.0.1'})
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await pause(20)
  }
}

/** Runs a command of this checkout to its end. @returns What it prints */
export const run = async (...argv: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, argv, {cwd: root, maxBuffer: 1e8})).stdout.trim()

/** Runs a command of `lake` on the place's data. @returns What it prints */
export const lake = ({data}: Place, ...argv: readonly string[]): Promise<string> =>
  run('packages/lake/src/cli/lake.ts', ...argv, '--data', data)

export const PROXIES: Readonly<Record<string, (place: Place) => Promise<Program>>> = {
  nginx: (place) => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${join(place.folder, name)};`,
    )
    const file = join(place.folder, 'nginx.conf')
    const main = `
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off;
      pid ${join(place.folder, 'nginx.pid')};
      error_log stderr warn;
      events {}
      http {
        access_log off;
        types { text/html html; }
        ${temporary.join('\n')}
        ${place.installed('nginx.conf')}
      }`
    writeFileSync(file, main)
    return start({argv: ['nginx', '-e', 'stderr', '-c', file]}, () => listens(place.httpsPort))
  },

  caddy: (place) => {
    const home = join(place.folder, 'caddy')
    mkdirSync(home)
    const file = join(place.folder, 'Caddyfile')
    const options = `{
      admin off
      default_bind 127.0.0.1
      http_port ${place.httpPort}
      https_port ${place.httpsPort}
      log {
        level ERROR
      }
    }`
    writeFileSync(file, `${options}\n${place.installed('Caddyfile')}`)
    return start(
      {
        argv: ['caddy', 'run', '--adapter', 'caddyfile', '--config', file],
        env: {HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home},
      },
      () => listens(place.httpsPort),
    )
  },
}
