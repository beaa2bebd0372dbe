/** Finds the stories that `npm start` and `npm run seed` import by default. */
import {globSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

const seedFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'seed')

/** The stories in `seed/` itself; its sub-folders hold code and fixtures. */
export const ownStories = (): string[] =>
  globSync(join(seedFolder, '*.txt'))
    .map((file) => relative('', file))
    .toSorted()
