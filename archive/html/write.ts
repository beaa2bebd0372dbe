/** Writing HTML: for readers of formats that have blocks of their own. */

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An element; empty attributes are left out. Without `inside` it has no end tag. */
export function tagged(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  inside?: string,
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('')
  return `<${tag}${written}>${inside === undefined ? '' : `${inside}</${tag}>`}`
}
