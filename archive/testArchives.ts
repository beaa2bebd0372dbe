/** Archives for tests: .zip and .tar.gz files with any names in them, also wrong ones. */
import {crc32, deflateRawSync, gzipSync} from 'node:zlib'

interface PackedFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** The size that the list says, if it lies. */
  readonly claimed?: number
  /** Of Unix, such as 0o120777 for a link. */
  readonly mode?: number
}

export function zipOf(files: readonly PackedFile[]): Uint8Array {
  const bodies: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const {claimed, content, mode = 0o100644, name} of files) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(bytes), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(bytes.length, 22)
    local.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE((3 << 8) | 20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc32(bytes), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(claimed ?? bytes.length, 24)
    entry.writeUInt16LE(path.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local, path, packed)
    list.push(entry, path)
    offset += local.length + path.length + packed.length
  }
  const listed = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}

/** `type` is `0` for a file, `2` for a symbolic link. */
export function tarGzOf(files: readonly (PackedFile & {readonly type?: string})[]): Uint8Array {
  const blocks = files.flatMap(({content, name, type = '0'}) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000644\0', 100)
    header.write(`${(type === '0' ? bytes.length : 0).toString(8).padStart(11, '0')}\0`, 124)
    header.write(' '.repeat(8), 148)
    header.write(type, 156)
    if (type === '2') header.write('/etc/passwd', 157)
    header.write('ustar\u000000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512)
    return type === '0' ? [header, bytes, padding] : [header]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}
