/** A point in time in milliseconds, or nothing. Compares dates of any notation and precision. */
export const instant = (value: unknown): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
