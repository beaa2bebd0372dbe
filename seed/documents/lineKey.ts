/** Array keys from line numbers: stable from one import to the next, and readable. */
export function lineKey(line: number, nth?: number): string {
  return nth === undefined ? `l${line}` : `l${line}-${nth}`
}
