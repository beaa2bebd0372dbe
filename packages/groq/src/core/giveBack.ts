/**
 * Gives memory that nobody looks at any more back at once. The bytes of a buffer are outside the
 * heap, where the collector lets tens of megabytes gather before it looks. A view of a part of a
 * buffer is left alone: others have the rest.
 */
export const giveBack = ({buffer, byteLength}: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
