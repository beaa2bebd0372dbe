/** The path and query of an address, without the host: what a redirect matches. */
export function pathOf(url: string | URL): string {
  const {pathname, search} = new URL(url)
  return pathname + search
}
