/**
 * One place for a probe: a temporary folder, free ports and a certificate, and the shipped files as they
 * would be installed there. Only names of folders and ports are replaced; all else is what newsrooms get.
 */
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseEnv} from 'node:util'

import {freePair, freePort} from '../../scripts/command/freePorts.ts'

export const root = join(import.meta.dirname, '..', '..')

/** The names in the shipped files. */
export const READERS = 'https://news.example'
export const EDITORS = 'https://copydesk.news.example'

export interface Place extends Disposable {
  readonly folder: string
  /** The lake's data. */
  readonly data: string
  readonly lakePort: number
  readonly httpPort: number
  readonly httpsPort: number
  /** The certificate of both names, and its own authority. */
  readonly certificate: string
  readonly certificateFile: string
  readonly keyFile: string
  /** A shipped file, such as `nginx.conf`, as installed in this place. */
  installed(file: string): string
  /** The settings, with those that change. */
  settings(changed: Readonly<Record<string, string>>): Readonly<Record<string, string>>
}

export const openPlace = async (): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-deploy-'))
  const data = join(folder, 'data')
  const studio = join(folder, 'studio')
  const certificateFile = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  mkdirSync(data)
  mkdirSync(studio)
  writeFileSync(join(studio, 'index.html'), '<!doctype html><title>Studio</title>\n')
  makeCertificate(certificateFile, keyFile)
  const lakePort = await freePair()
  const sitePort = lakePort + 1
  const [httpPort, httpsPort] = [await freePort(), await freePort()]

  const replaced: readonly (readonly [string | RegExp, string])[] = [
    ['/opt/copydesk', root],
    ['/var/lib/copydesk', data],
    ['dist/studio', studio],
    [/\b3333\b/g, String(lakePort)],
    [/\b3334\b/g, String(sitePort)],
    // nginx.conf
    [/ *listen \[::\]:.*\n/g, ''],
    ['listen 80;', `listen 127.0.0.1:${httpPort};`],
    ['listen 443 ', `listen 127.0.0.1:${httpsPort} `],
    [/\S*\/fullchain\.pem/g, certificateFile],
    [/\S*\/privkey\.pem/g, keyFile],
    // Caddyfile
    ['(copydesk) {', `(copydesk) {\n\ttls ${certificateFile} ${keyFile}`],
  ]
  const installed = (file: string): string =>
    replaced.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      readFileSync(join(root, 'deploy', file), 'utf8'),
    )
  return {
    folder,
    data,
    lakePort,
    httpPort,
    httpsPort,
    certificate: readFileSync(certificateFile, 'utf8'),
    certificateFile,
    keyFile,
    installed,
    settings: (changed) => ({...strings(parseEnv(installed('copydesk.env'))), ...changed}),
    [Symbol.dispose]: () => rmSync(folder, {recursive: true, force: true, maxRetries: 3}),
  }
}

const strings = (found: NodeJS.Dict<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(found).map(([name, value = '']) => [name, value]))

const makeCertificate = (certificateFile: string, keyFile: string): void => {
  const names = [READERS, EDITORS].map((url) => `DNS:${new URL(url).hostname}`).join(',')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=news.example', '-addext', `subjectAltName=${names}`]
  const files = ['-keyout', keyFile, '-out', certificateFile]
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...subject, ...files], {
    stdio: 'ignore',
  })
}
