/** The first bytes of a file: enough to tell what is in it. */
import {open} from 'node:fs/promises'

/** @returns At most `length` bytes; fewer when the file is shorter. */
export const readStart = async (path: string, length: number): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
