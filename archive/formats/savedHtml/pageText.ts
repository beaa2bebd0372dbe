/** The bytes of a page → its text. */
import {Refusal} from '../../../seed/parse/refusal.ts'

const CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i

/**
 * UTF-8 if the bytes are that, and otherwise in the encoding that the page names. Throws a Refusal
 * when it names none, or one that does not exist.
 */
export function pageText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    const [, named] = CHARSET.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 4096))) ?? []
    try {
      return new TextDecoder(named ?? 'utf-8', {fatal: true}).decode(bytes)
    } catch {
      const found = named
        ? `bytes that are not ${named}`
        : 'bytes that are not UTF-8, and no charset'
      throw new Refusal(path, 0, 'a page whose encoding is known', found)
    }
  }
}
