/**
 * JSON as a text or as its UTF-8. SQLite and `JSON.stringify` give a text, and for each array of bytes
 * V8 must be told of its memory, which costs more than copying a few kilobytes once more.
 */
export type JsonText = string | Uint8Array

/** In UTF-16 units. The memory of long bytes can be given back before a collection. */
const MAX_TEXT_LENGTH = 16_384

const encoder = new TextEncoder()

export const bytesOf = (json: JsonText): Uint8Array =>
  typeof json === 'string' ? encoder.encode(json) : json

/** The text, or its bytes when it is long. */
export const asJsonText = (text: string): JsonText =>
  text.length > MAX_TEXT_LENGTH ? encoder.encode(text) : text

/**
 * Gives memory that nobody looks at any more back at once. The bytes of a buffer are outside the
 * heap, where the collector lets tens of megabytes gather before it looks. A view of a part of a
 * buffer is left alone: others have the rest.
 */
export const freeBuffer = ({buffer, byteLength}: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
