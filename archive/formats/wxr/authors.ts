/**
 * Who wrote a WordPress post. `dc:creator` is the login of the user who created it; the taxonomy
 * `author`, of Co-Authors Plus and PublishPress Authors, overrides it. A login is not a name: where
 * the export has no name, nothing is asserted.
 */
import type {StoryInput} from '../../story/story.ts'
import type {ExportIndex, Person} from './exportIndex.ts'
import type {Term, WxrItem} from './records.ts'

type Name = StoryInput['names'][number]

export interface Authors {
  /** Each once, in the order of the file. */
  readonly names: readonly Name[]
  /** Logins without a name. */
  readonly unknown: readonly string[]
}

export function authorsOf({fields, terms}: WxrItem, index: ExportIndex, site: string): Authors {
  const names = new Map<string, Name>()
  const unknown = new Set<string>()
  const add = (person: Person | undefined, login: string): void => {
    if (!person) unknown.add(login)
    else {
      const {biography, name: text, sourceId} = person
      names.set(sourceId, {text, sourceId, role: 'writer', ...(biography && {biography})})
    }
  }
  const coAuthors = terms.filter(({domain}) => domain === 'author')
  if (coAuthors.length > 0) {
    for (const term of coAuthors) add(coAuthor(term, index, site), term.name || term.slug)
  } else {
    const login = fields.get('dc:creator')?.trim()
    if (login) add(index.user(login) ?? index.guest(login), login)
  }
  return {names: [...names.values()], unknown: [...unknown]}
}

/**
 * Co-Authors Plus: the slug is `cap-` and a login, the text is the login. PublishPress Authors: the
 * slug is its own, and the text is the name. Exports made by hand have the login as slug.
 */
function coAuthor({name, slug}: Term, index: ExportIndex, site: string): Person | undefined {
  const login = slug.replace(/^cap-/, '')
  const known = index.guest(name) ?? index.user(name) ?? index.guest(login) ?? index.user(login)
  if (known) return known
  if (slug.startsWith('cap-') || name.trim() === '') return undefined
  return {name: name.trim(), sourceId: `wordpress:${site}:author:${slug}`}
}
