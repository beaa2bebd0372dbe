/**
 * The interface of a reader of one format. To add a format, add a folder `formats/<name>/` with
 *
 * - `<name>.ts`, which exports one `Format`, and is listed in `formats/formats.ts`;
 * - `mappings.ts`, one table that says of each key or element of the format what becomes of it
 *   (`KeyTable` in `story/remainder.ts` for JSON; the same words for XML);
 * - `<name>.test.ts` with small fixtures of its own: expected fields, flags, proposals and residue.
 *
 * How a reader works:
 *
 * 1. `detects` looks at the beginning of a file, never at its name. The first format in the list that
 *    says yes reads the file.
 * 2. `index`, if there is one, runs over all files of the archive before any story is read. It puts
 *    into the index what stories in any file may need: attachments, terms, users. Values are strings;
 *    write JSON. Keys must hold the site, because an archive may have several.
 * 3. `read` yields one item for each record, in the order of the file: a story, a refusal, or the
 *    kind of a record that is not a story (`attachment`, `comment`), so that the totals add up. It
 *    must not hold the whole file if the format can be streamed. It may run twice and must yield the
 *    same both times.
 *
 * What a reader must not do: invent a date, section or author; take prose out of the body because of
 * its words; split a name; drop a key that it does not know (`remainder`); store or report password
 * hashes, keys, addresses of people, or what commenters wrote. See `story/story.ts` for the fields.
 *
 * The body: give markup as `html` parts and let `html/` read it, also where the source has blocks of
 * its own: write them as plain HTML. What has no HTML form is an `opaque` part. A whole file that
 * cannot be read is a thrown `Refusal` with line and reason; one broken record is a `refused` item.
 */
import type {Refusal} from '../../seed/parse/refusal.ts'
import type {ReadStory} from '../../seed/readStories.ts'
import type {StoryInput} from '../story/story.ts'

/** A file of the archive, unpacked. */
export interface Entry {
  /** As the user knows it: `export.zip/posts/1.html`. For messages and provenance. */
  readonly path: string
  /** Where it can be read. */
  readonly file: string
  readonly size: number
}

/** The beginning of a file, at most 64 KB, as text; empty if it is not text. */
export interface Head {
  readonly text: string
}

export type Item =
  | {readonly kind: 'story'; readonly story: StoryInput}
  /** One record that cannot be read; the others continue. */
  | {readonly kind: 'refused'; readonly refusal: Refusal}
  /** A record that is no story. `secret` records are counted by their kind, and never shown. */
  | {readonly kind: 'other'; readonly what: string}
  /** A story of the text dump, which has documents of its own: see `seed/`. */
  | {readonly kind: 'dump'; readonly read: ReadStory}

/** What one file tells the readers of others. Keys and values are the format's own. */
export interface ArchiveIndex {
  put(kind: string, key: string, value: string): void
  get(kind: string, key: string): string | undefined
}

/** What the publication says about its archive, in `site.json`. */
export interface SiteProfile {
  /** Keeps the ids of this site apart from equal ids of another. */
  readonly source?: string | undefined
  /** Of the former site, for addresses without a host. */
  readonly baseUrl?: string | undefined
  /** IANA name, for times without a zone. Without it such times are flagged and not read. */
  readonly timeZone?: string | undefined
  readonly language?: string | undefined
  /** The section of stories that name none. */
  readonly section?: string | undefined
  /** Classes of elements that are no part of a story. */
  readonly furnitureClasses?: readonly string[] | undefined
  /** Hosts from which pictures may be fetched, such as `cdn.paper.org`. */
  readonly pictureHosts?: readonly string[] | undefined
  /** Classes of the element that holds the story in saved pages. */
  readonly storyClasses?: readonly string[] | undefined
  /** Who may read stories with a content code of ANS. */
  readonly accessCodes?: Readonly<Record<string, 'free' | 'registered' | 'subscriber'>> | undefined
  /** Names to read as WordPress shortcodes even where they look like words in brackets. */
  readonly shortcodes?: readonly string[] | undefined
  /** WordPress post types that are stories; `post` if it is not set. */
  readonly postTypes?: readonly string[] | undefined
}

export interface ReadContext {
  readonly index: ArchiveIndex
  readonly site: SiteProfile
}

export interface Format {
  /** For ids and provenance; it never changes. */
  readonly name: string
  /** For people: “a Ghost export”. */
  readonly title: string
  detects(head: Head): boolean
  index?(entry: Entry, context: ReadContext): Promise<void>
  /** Throws a Refusal for a file that it cannot read at all. */
  read(entry: Entry, context: ReadContext): AsyncIterable<Item>
}
