/**
 * JSON as a string or as its UTF-8 bytes. SQLite and `JSON.stringify` give strings. An array of bytes
 * has a cost of its own in V8, which is higher than that of copying a few kilobytes again.
 */
export type JsonText = string | Uint8Array

/** In UTF-16 units. The bytes of longer strings can be freed before a garbage collection. */
const MAX_TEXT_LENGTH = 16_384

const encoder = new TextEncoder()

export const bytesOf = (json: JsonText): Uint8Array =>
  typeof json === 'string' ? encoder.encode(json) : json

/** The string, or its bytes when it is long. */
export const asJsonText = (text: string): JsonText =>
  text.length > MAX_TEXT_LENGTH ? encoder.encode(text) : text

/**
 * Frees a buffer without waiting for garbage collection. The bytes of a buffer are outside the heap,
 * where tens of megabytes gather before the collector runs. A view of a part of a buffer is left
 * alone: others may use the rest.
 */
export const freeBuffer = ({buffer, byteLength}: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
