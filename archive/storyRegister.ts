/**
 * Which stories an archive has: the newest record of each, and which story keeps a slug that several
 * have. In SQLite, off the heap, because an archive may have any number of stories.
 */
import {DatabaseSync} from 'node:sqlite'

export interface StoryRecord {
  /** Of the story's article. */
  readonly id: string
  /** Of several records of one story the one with the greatest version is imported. */
  readonly version: string
  /** File, and place in it. */
  readonly place: string
  /** See `Story.source.signs`. */
  readonly signs: readonly string[]
}

export interface Superseded {
  /** The place of the older record. */
  readonly story: string
  /** The place of the newer one. */
  readonly by: string
}

/** Two stories have one id, so which is meant is not known, and neither is imported. */
export interface Collision {
  /** The place of the other story. */
  readonly with: string
  /** Whether the other is known to collide already. */
  readonly isKnown: boolean
}

export interface StoryRegister extends Disposable {
  addSlug(slug: string, id: string): void
  /** The first article by id that has the slug, so the order of files does not matter. */
  holderOf(slug: string): string | undefined
  /** Returns what is now superseded, if the story has another record. */
  add(record: StoryRecord): Superseded | Collision | undefined
  /** Whether the newest record of a story is at this place. */
  isNewest(id: string, place: string): boolean
  /** How many stories there are, without those that collide. */
  readonly size: number
}

/** `file` is made for one run, and may be `:memory:`. */
export function openRegister(file: string): StoryRegister {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;
    CREATE TABLE stories (id TEXT PRIMARY KEY, version TEXT, place TEXT, signs TEXT,
      collides INTEGER DEFAULT 0) WITHOUT ROWID;
    CREATE TABLE slugs (slug TEXT, id TEXT, PRIMARY KEY (slug, id)) WITHOUT ROWID;
    BEGIN`)
  const putSlug = database.prepare('INSERT OR IGNORE INTO slugs VALUES (?, ?)')
  const firstWithSlug = database.prepare('SELECT min(id) AS id FROM slugs WHERE slug = ?')
  const put = database.prepare(
    'INSERT OR REPLACE INTO stories (id, version, place, signs) VALUES (?, ?, ?, ?)',
  )
  const get = database.prepare('SELECT * FROM stories WHERE id = ?')
  const collide = database.prepare('UPDATE stories SET collides = 1 WHERE id = ?')
  const count = database.prepare('SELECT count(*) AS count FROM stories WHERE NOT collides')
  return {
    addSlug: (slug, id) => {
      putSlug.run(slug, id)
    },
    holderOf: (slug) => textOf(firstWithSlug.get(slug)?.['id']) || undefined,
    add({id, place, signs, version}) {
      const rival = get.get(id)
      const isKnown = rival?.['collides'] === 1
      if (rival && (isKnown || !haveCommonSign(signs, textOf(rival['signs']).split('\n')))) {
        collide.run(id)
        return {with: textOf(rival['place']), isKnown}
      }
      const isNewer = !rival || textOf(rival['version']) <= version
      if (isNewer) put.run(id, version, place, signs.join('\n'))
      if (!rival) return undefined
      const there = textOf(rival['place'])
      return isNewer ? {story: there, by: place} : {story: place, by: there}
    },
    isNewest(id, place) {
      const record = get.get(id)
      return record?.['place'] === place && record['collides'] === 0
    },
    get size() {
      return Number(count.get()?.['count'])
    },
    [Symbol.dispose]: () => database.close(),
  }
}

/** Whether two records with one id can be of one story; so if one of them has no signs. */
export function haveCommonSign(a: readonly string[], b: readonly string[]): boolean {
  const [some, others] = [a, b].map((signs) => signs.filter(Boolean))
  if (!some?.length || !others?.length) return true
  return some.some((sign) => others.includes(sign))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
