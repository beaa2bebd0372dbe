/**
 * Unpacks a .zip archive. Only its list of contents is believed, and each size in it is checked
 * against what comes out. Written by hand with Node's zlib: the format is small, and the libraries
 * leave these checks to their callers.
 */
import {createReadStream, createWriteStream} from 'node:fs'
import {type FileHandle, mkdir, open, rm} from 'node:fs/promises'
import {dirname} from 'node:path'
import {Readable, Transform} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createInflateRaw} from 'node:zlib'

import {Refusal} from '../../seed/parse/refusal.ts'
import {LIMITS, type Limits, safePath} from './safePath.ts'

interface Packed {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  /** Of Unix, 0 where unknown. */
  readonly mode: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const END_64_LOCATOR = 0x07064b50
const LISTED = 0x02014b50
const LOCAL = 0x04034b50

/** Returns the files that were left out; throws a Refusal for an archive that cannot be read. */
export async function unpackZip(
  path: string,
  folder: string,
  limits: Limits = LIMITS,
): Promise<Refusal[]> {
  const handle = await open(path)
  try {
    const {size: fileSize} = await handle.stat()
    const entries = await listOf(path, handle, fileSize)
    const total = entries.reduce((sum, {size}) => sum + size, 0)
    const packed = entries.reduce((sum, one) => sum + one.packed, 0)
    if (entries.length > limits.entries || total > limits.totalBytes || packed > fileSize) {
      throw new Refusal(
        path,
        0,
        'an archive that fits on a disk',
        `${entries.length} files with ${total} bytes`,
      )
    }
    const refused: Refusal[] = []
    for (const entry of entries) {
      if (entry.name.endsWith('/')) continue
      const target = safePath(folder, entry.name)
      const fault = faultOf(entry, target, limits)
      if (target === undefined || fault !== undefined) {
        refused.push(
          new Refusal(`${path}/${entry.name}`, 0, 'a file that is safe to unpack', fault ?? ''),
        )
        continue
      }
      await mkdir(dirname(target), {recursive: true})
      try {
        await unpackOne(path, handle, entry, target)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        const isSecond = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        if (!isSecond) await rm(target, {force: true})
        const found = isSecond ? 'a second file with this name' : reason
        refused.push(new Refusal(`${path}/${entry.name}`, 0, 'a file that can be unpacked', found))
      }
    }
    return refused
  } finally {
    await handle.close()
  }
}

function faultOf(entry: Packed, target: string | undefined, limits: Limits): string | undefined {
  const {flags, method, mode, packed, size} = entry
  if (target === undefined) return 'a name that leads out of the archive'
  if ((mode & 0o170000) === 0o120000) return 'a link'
  if ((flags & 1) !== 0) return 'an encrypted file'
  if (method !== 0 && method !== 8) return `compression method ${method}`
  if (size > limits.entryBytes) return `${size} bytes`
  if (size > limits.ratioFrom && size > packed * limits.ratio) {
    return `${size} bytes packed into ${packed}`
  }
  return undefined
}

async function unpackOne(
  path: string,
  handle: FileHandle,
  entry: Packed,
  target: string,
): Promise<void> {
  const local = await bytesAt(handle, entry.offset, 30)
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL)
    throw new Error('The file is not where the list says.')
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  const source =
    entry.packed === 0
      ? Readable.from([])
      : createReadStream(path, {start, end: start + entry.packed - 1})
  let written = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length
      if (written > entry.size)
        done(new Error(`It unpacks to more than the ${entry.size} bytes that the list says.`))
      else done(null, chunk)
    },
  })
  const sink = createWriteStream(target, {flags: 'wx'})
  if (entry.method === 0) await pipeline(source, counted, sink)
  else await pipeline(source, createInflateRaw(), counted, sink)
  if (written !== entry.size) throw new Error(`It unpacks to ${written} bytes, not ${entry.size}.`)
}

async function listOf(path: string, handle: FileHandle, fileSize: number): Promise<Packed[]> {
  const tailSize = Math.min(fileSize, 65_557)
  const tail = await bytesAt(handle, fileSize - tailSize, tailSize)
  let at = tail.length - 22
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1
  if (at < 0)
    throw new Refusal(
      path,
      0,
      'a .zip archive with its list of contents',
      'no list: the file may be cut off',
    )
  let count = tail.readUInt16LE(at + 10)
  let size = tail.readUInt32LE(at + 12)
  let offset = tail.readUInt32LE(at + 16)
  if (at >= 20 && tail.readUInt32LE(at - 20) === END_64_LOCATOR) {
    const end = await bytesAt(handle, Number(tail.readBigUInt64LE(at - 12)), 56)
    if (end.length === 56 && end.readUInt32LE(0) === END_64) {
      count = Number(end.readBigUInt64LE(32))
      size = Number(end.readBigUInt64LE(40))
      offset = Number(end.readBigUInt64LE(48))
    }
  }
  if (offset + size > fileSize || size > 512 * 2 ** 20) {
    throw new Refusal(
      path,
      0,
      'a .zip archive with its list of contents',
      'a list that is not in the file',
    )
  }
  const list = await bytesAt(handle, offset, size)
  const entries: Packed[] = []
  for (let position = 0; entries.length < count;) {
    if (position + 46 > list.length || list.readUInt32LE(position) !== LISTED) {
      throw new Refusal(path, 0, 'a .zip archive with its list of contents', 'a damaged list')
    }
    const nameLength = list.readUInt16LE(position + 28)
    const extraLength = list.readUInt16LE(position + 30)
    const commentLength = list.readUInt16LE(position + 32)
    const nameEnd = position + 46 + nameLength
    const madeBy = list.readUInt16LE(position + 4) >> 8
    entries.push(
      withLongSizes(list.subarray(nameEnd, nameEnd + extraLength), {
        name: list.toString('utf8', position + 46, nameEnd),
        flags: list.readUInt16LE(position + 8),
        method: list.readUInt16LE(position + 10),
        packed: list.readUInt32LE(position + 20),
        size: list.readUInt32LE(position + 24),
        offset: list.readUInt32LE(position + 42),
        mode: madeBy === 3 ? list.readUInt32LE(position + 38) >>> 16 : 0,
      }),
    )
    position = nameEnd + extraLength + commentLength
  }
  return entries
}

/** Archives above 4 GB keep sizes that do not fit elsewhere. */
function withLongSizes(extra: Buffer, entry: Packed): Packed {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    const long = (short: number): number => {
      if (short !== 0xffffffff || next + 8 > extra.length) return short
      next += 8
      return Number(extra.readBigUInt64LE(next - 8))
    }
    const size = long(entry.size)
    const packed = long(entry.packed)
    return {...entry, size, packed, offset: long(entry.offset)}
  }
  return entry
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const {buffer, bytesRead} = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
