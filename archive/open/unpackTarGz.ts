/** Unpacks a .tar.gz archive, as a stream. Links and devices are left out. */
import {createReadStream, createWriteStream} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {dirname} from 'node:path'
import {Transform} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'

import {extract} from 'tar-stream'

import {Refusal} from '../../seed/parse/refusal.ts'
import {LIMITS, type Limits, safePath} from './safePath.ts'

/** Returns the files that were left out; throws a Refusal for an archive that cannot be read. */
export async function unpackTarGz(
  path: string,
  folder: string,
  limits: Limits = LIMITS,
): Promise<Refusal[]> {
  const refused: Refusal[] = []
  const source = createReadStream(path)
  const files = extract()
  let unpacked = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length
      const isBomb = unpacked > limits.ratioFrom && unpacked > source.bytesRead * limits.ratio
      if (isBomb || unpacked > limits.totalBytes) {
        done(
          new Refusal(
            path,
            0,
            'an archive that fits on a disk',
            `${unpacked} bytes packed into ${source.bytesRead}`,
          ),
        )
      } else done(null, chunk)
    },
  })
  const fed = pipeline(source, createGunzip(), counted, files)
  // Otherwise a file that is being unpacked would wait forever for its end.
  const stop = new AbortController()
  fed.catch((error: unknown) => stop.abort(error))
  try {
    for await (const entry of files) {
      const {name, size = 0, type} = entry.header
      const target = safePath(folder, name.replace(/^(?:\.\/)+/, ''))
      const fault = faultOf(type, size, target, limits)
      if (
        type === 'directory' ||
        isOfTheFormat(type) ||
        target === undefined ||
        fault !== undefined
      ) {
        if (type !== 'directory' && !isOfTheFormat(type)) {
          refused.push(
            new Refusal(`${path}/${name}`, 0, 'a file that is safe to unpack', fault ?? ''),
          )
        }
        entry.resume()
        continue
      }
      await mkdir(dirname(target), {recursive: true})
      await pipeline(entry, createWriteStream(target, {flags: 'wx'}), {signal: stop.signal})
    }
    await fed
  } catch (error) {
    const cause: unknown = stop.signal.aborted ? stop.signal.reason : error
    if (cause instanceof Refusal) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refusal(path, 0, 'a .tar.gz archive', reason)
  }
  return refused
}

/** Headers that describe the next file. */
function isOfTheFormat(type: string | null | undefined): boolean {
  return ['pax-header', 'pax-global-header', 'gnu-long-path', 'gnu-long-link-path'].includes(
    type ?? '',
  )
}

function faultOf(
  type: string | null | undefined,
  size: number,
  target: string | undefined,
  limits: Limits,
): string | undefined {
  if (type !== 'file' && type !== 'contiguous-file') return `a ${type ?? 'thing'}, not a file`
  if (target === undefined) return 'a name that leads out of the archive'
  if (size > limits.entryBytes) return `${size} bytes`
  return undefined
}
