/** Small files of each format, for the corpus of traps. */

/** A file, and the lines that it must give. */
export type Trap = readonly [name: string, file: string, lines: readonly string[]]

export const AT = '2023-05-01T09:30:00.000Z'

export const ghost = (more: object): string =>
  JSON.stringify({
    posts: [{id: 'p1', title: 'Title', status: 'published', published_at: AT, ...more}],
  })
export const ninjs = (more: object): string =>
  JSON.stringify({
    uri: 'https://agency.example/1',
    versionCreated: AT,
    headlines: [{role: 'main', value: 'Title'}],
    ...more,
  })
export const bodyOfNinjs = (value: string): object => ({
  bodies: [{contentType: 'text/html', value}],
})
export const ans = (more: object): string =>
  JSON.stringify({
    _id: 'S1',
    type: 'story',
    version: '0.10.12',
    headlines: {basic: 'Title'},
    first_publish_date: AT,
    ...more,
  })
export const textOfAns = (...texts: string[]): object => ({
  content_elements: texts.map((content) => ({type: 'text', content})),
})
export const page = (head: string, body: string): string =>
  `<!doctype html><html><head><meta property="og:title" content="Title"><meta property="article:published_time" content="${AT}">${head}</head><body>${body}</body></html>`
export const wxr = (item: string, before = ''): string => `<?xml version="1.0"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Paper</title><link>https://paper.example</link>${before}
<item>${/<title>/.test(item) ? '' : '<title>Title</title>'}<wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date_gmt>2023-05-01 09:30:00</wp:post_date_gmt>${item}</item></channel></rss>`
export const content = (text: string): string =>
  wxr(`<content:encoded><![CDATA[${text}]]></content:encoded>`)
