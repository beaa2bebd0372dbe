/** The content security policy: readers run no script, and nothing comes from third parties. */

const written = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/** The policy of pages for readers. @param pictures the origin of pictures */
export const readersPolicy = (pictures: string): string =>
  written({
    'default-src': "'none'",
    'style-src': "'self'",
    'img-src': `'self' data: ${pictures}`,
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  })

/**
 * The policy of previews: the overlays are scripts with styles of their own, in a frame of the Studio.
 * @param studio the Studio's origin @param inline sources of the inline scripts
 */
export const previewPolicy = (pictures: string, studio: string, inline: string): string =>
  written({
    'default-src': "'none'",
    'style-src': "'self' 'unsafe-inline'",
    'script-src': `'self' ${inline}`,
    'img-src': `'self' data: blob: ${pictures}`,
    'connect-src': "'self'",
    'font-src': "'self' data:",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': `'self' ${studio}`,
  })
