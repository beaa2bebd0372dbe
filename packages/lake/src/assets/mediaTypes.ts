/**
 * Media types: the type of a file extension, the extension of a type, and which types a browser may show
 * in the lake's own origin. All other files are served as `application/octet-stream`.
 */

const BINARY = 'application/octet-stream'

/** An upload without a file name gets the first extension of its type. */
const TYPES: readonly (readonly [type: string, ...extensions: string[]])[] = [
  ['image/jpeg', 'jpg', 'jpeg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['image/heic', 'heic'],
  ['image/heif', 'heif'],
  ['image/tiff', 'tif', 'tiff'],
  ['image/bmp', 'bmp'],
  ['image/svg+xml', 'svg'],
  ['image/vnd.adobe.photoshop', 'psd'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['audio/aac', 'aac'],
  ['audio/ogg', 'ogg', 'oga', 'opus'],
  ['audio/wav', 'wav'],
  ['audio/flac', 'flac'],
  ['video/mp4', 'mp4', 'm4v'],
  ['video/webm', 'webm'],
  ['video/quicktime', 'mov'],
  ['video/mpeg', 'mpeg', 'mpg'],
  ['video/x-matroska', 'mkv'],
  ['font/woff', 'woff'],
  ['font/woff2', 'woff2'],
  ['font/ttf', 'ttf'],
  ['font/otf', 'otf'],
  ['text/plain', 'txt', 'log'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'tsv'],
  ['text/markdown', 'md'],
  ['text/vtt', 'vtt'],
  ['text/html', 'html', 'htm'],
  ['text/css', 'css'],
  ['text/javascript', 'js', 'mjs'],
  ['text/calendar', 'ics'],
  ['application/x-subrip', 'srt'],
  ['application/json', 'json'],
  ['application/geo+json', 'geojson'],
  ['application/x-ndjson', 'ndjson'],
  ['application/xml', 'xml'],
  ['application/rss+xml', 'rss'],
  ['application/pdf', 'pdf'],
  ['application/rtf', 'rtf'],
  ['application/epub+zip', 'epub'],
  ['application/zip', 'zip'],
  ['application/gzip', 'gz', 'tgz'],
  ['application/x-tar', 'tar'],
  ['application/x-7z-compressed', '7z'],
  ['application/wasm', 'wasm'],
  ['application/msword', 'doc'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
]

const typeByExtension = new Map(
  TYPES.flatMap(([type, ...extensions]) => extensions.map((extension) => [extension, type])),
)
const extensionByType = new Map(TYPES.map(([type, extension]) => [type, extension]))

export const mediaTypeOf = (extension: string): string => typeByExtension.get(extension) ?? BINARY

export const extensionOf = (mediaType: string): string => extensionByType.get(mediaType) ?? 'bin'

/** The media type of a `content-type` header; undefined when it does not describe the bytes. */
export const statedMediaType = (header: string | undefined): string | undefined => {
  const type = /^[\w.+-]+\/[\w.+-]+(?=\s*(?:;|$))/.exec(header?.trim() ?? '')?.[0].toLowerCase()
  const says = type !== undefined && type !== BINARY && !/^multipart\/|urlencoded$/.test(type)
  return says ? type : undefined
}

/** The media type as a header; text is served as UTF-8, which is what newsrooms upload. */
export const contentType = (mediaType: string): string =>
  mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType

/**
 * Whether a document of this type may run code or load other files in the origin that serves it. True
 * for every type that is not known to be harmless.
 */
export const isActive = (mediaType: string): boolean =>
  mediaType === 'image/svg+xml' ||
  !(/^(?:image|audio|video|font)\//.test(mediaType) || mediaType === 'application/pdf')
