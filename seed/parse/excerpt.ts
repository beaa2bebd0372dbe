/** Words quoted in a message, cut to what fits a line. */
export function excerpt(words: string): string {
  const letters = [...words]
  return `“${letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : words}”`
}
