/** Quotes words for a message, shortened to fit a line. */
export function excerpt(words: string): string {
  const letters = [...words]
  return `“${letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : words}”`
}
