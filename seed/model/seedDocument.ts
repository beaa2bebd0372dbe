/** Every document an import may write. Nothing is written that this does not accept. */
import {z} from 'zod'

import {article} from './article.ts'
import {author} from './author.ts'
import {credit} from './credit.ts'
import {mostRead} from './mostRead.ts'
import {siteSettings} from './siteSettings.ts'
import {topic} from './topic.ts'

export const seedDocument = z.discriminatedUnion('_type', [
  article,
  author,
  topic,
  credit,
  mostRead,
  siteSettings,
])

export type SeedDocument = z.infer<typeof seedDocument>
