/** For tests: the smallest image files of formats that sharp cannot write, with a header and no pixels. */

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A box of the ISO base media file format. */
const box = (type: string, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  )
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body])
}

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

/** The container of an iPhone photograph. */
export const heicContainer = (width: number, height: number): Buffer => {
  const zero = u32(0)
  const configuration = hex(
    '01 00000000 0000000000000000 000000 fd f8 f8 0000 00 00'.padEnd(57, '0'),
  )
  return Buffer.concat([
    box('ftyp', 'heic', zero, 'mif1heic'),
    box(
      'meta',
      zero,
      box('hdlr', zero, zero, 'pict', Buffer.alloc(13)),
      box('pitm', zero, hex('0001')),
      box('iloc', zero, hex('44 00 0001 0001 0000 0001 00000008 00000008')),
      box('iinf', zero, hex('0001'), box('infe', hex('02000000 0001 0000'), 'hvc1\0')),
      box(
        'iprp',
        box(
          'ipco',
          box('hvcC', configuration.subarray(0, 23)),
          box('ispe', zero, u32(width), u32(height)),
        ),
        box('ipma', zero, u32(1), hex('0001 02 81 02')),
      ),
    ),
    box('mdat', Buffer.alloc(64)),
  ])
}

/** Rows from top to bottom, 24 bits a pixel. */
export const bmpHeader = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(64)
  bytes.write('BM')
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(-height, 22)
  bytes.writeUInt16LE(24, 28)
  return bytes
}

/** Four channels: one is alpha. */
export const psdHeader = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(64)
  bytes.write('8BPS\0\x01', 'latin1')
  bytes.writeUInt16BE(4, 12)
  bytes.writeUInt32BE(height, 14)
  bytes.writeUInt32BE(width, 18)
  return bytes
}
