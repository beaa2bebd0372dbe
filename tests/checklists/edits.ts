/**
 * The two examples of CONTRIBUTING.md's checklists, as edits of the files that the checklists name.
 */

/** Makes the new text of a file of its old one; the old text of a new file is empty. */
type Edit = (text: string) => string

/** Puts a text in front of a place in the file, or fails if the file has no such place. */
const before =
  (place: string, added: string): Edit =>
  (text) => {
    if (!text.includes(place)) throw new Error(`There is no place “${place}” in the file.`)
    return text.replace(place, () => added + place)
  }

const after =
  (place: string, added: string): Edit =>
  (text) => {
    if (!text.includes(place)) throw new Error(`There is no place “${place}” in the file.`)
    return text.replace(place, () => place + added)
  }

const both =
  (first: Edit, second: Edit): Edit =>
  (text) =>
    second(first(text))

export const field: Readonly<Record<string, Edit>> = {
  'schemas/documents/article/storyFields.ts': before(
    "  defineField({\n    name: 'kicker',",
    `  defineField({
    name: 'breaking',
    title: 'Breaking news',
    type: 'boolean',
    group: 'story',
    description: 'Readers see “Breaking” above the headline. Turn off when the story settles.',
  }),
`,
  ),
  'front/queries/fragments.ts': after(
    'slug.current, articleType, kicker, headline,',
    '\n  "breaking": coalesce(breaking, false),',
  ),
  'studio/structure/deskLists.ts': after(
    'export const articleLists: readonly DeskList[] = [\n',
    `  {
    id: 'breaking',
    title: 'Breaking news',
    icon: EditIcon,
    filter: \`\${LIVE} && breaking == true\`,
    params: (now) => ({now: now.toISOString()}),
  },
`,
  ),
  'tests/schema/desk.test.ts': both(
    after(
      'const documents: readonly TestDocument[] = [\n',
      "  article('breaking', {breaking: true}),\n",
    ),
    before("  corrections: ['corrected'],", "  breaking: ['breaking'],\n"),
  ),
}

export const documentType: Readonly<Record<string, Edit>> = {
  'schemas/documents/podcast.ts': () => `import {MicrophoneIcon} from '@sanity/icons/Microphone'
import {defineField, defineType} from 'sanity'

import {slugFromName} from './slugFromName.ts'

/** A series of recordings that readers can follow. */
export const podcast = defineType({
  name: 'podcast',
  title: 'Podcast',
  type: 'document',
  icon: MicrophoneIcon,
  fields: [
    defineField({
      name: 'name',
      type: 'string',
      validation: (rule) => rule.required().error('Write the name of the podcast.'),
    }),
    slugFromName(),
    defineField({name: 'startedOn', title: 'Started on', type: 'date'}),
  ],
  orderings: [{name: 'name', title: 'Name, A–Z', by: [{field: 'name', direction: 'asc'}]}],
  preview: {select: {title: 'name'}},
})
`,
  'schemas/index.ts': both(
    before('import {siteSettings}', "import {podcast} from './documents/podcast.ts'\n"),
    before('  siteSettings,\n', '  podcast,\n'),
  ),
  'tests/schema/documents.ts': before(
    "  credit('credit-agency'",
    `  ...['morning', 'evening'].map((name) => ({
    _id: \`podcast-\${name}\`,
    _type: 'podcast',
    name,
    slug: slug(name),
    startedOn: '2021-02-14',
  })),
`,
  ),
  'tests/schema/cases/otherErrors.ts': after(
    'export const otherErrors: readonly Case[] = [\n',
    `  ...[
    {unset: ['name'], at: 'name', says: 'Write the name of the podcast.'},
    {
      unset: ['slug'],
      at: 'slug',
      says: 'Generate the web address from the name, or write one.',
      platformSays: ['Required'],
    },
    {set: {slug: slug('a--b')}, at: 'slug', says: slugFormat},
    {
      set: {slug: slug('evening')},
      at: 'slug',
      says: 'Choose another web address: “evening” has this one.',
    },
  ].map((one) => ({document: 'podcast-morning', ...one})),
`,
  ),
  'front/queries/podcasts.ts': () => `/** Podcasts. */
import {defineQuery} from 'groq'

/** All podcasts, by name. No parameters. */
export const podcastsQuery = defineQuery(\`
  *[_type == "podcast"] | order(name asc, _id asc) {_id, name, "slug": slug.current, startedOn}
\`)
`,
  'front/queries/index.ts': before(
    'export {relatedQuery}',
    "export {podcastsQuery} from './podcasts.ts'\n",
  ),
  'front/queries/README.md': before(
    '| `relatedQuery` ',
    '| `podcastsQuery` | – | all podcasts, by name |\n',
  ),
}

/**
 * A program in the changed copy, which uses both examples as a newsroom would: it imports the story
 * into a lake, marks it as breaking news, and reads it back. `tsc` checks its types.
 */
export const newsroomProgram = `
import {deepStrictEqual} from 'node:assert'

import {createLake, startServer} from '@copydesk/lake'
import {createClient} from '@sanity/client'

import {frontPageQuery, podcastsQuery} from './front/queries/index.ts'
import {importStories} from './seed/importStories.ts'
import {seedDocument, type SeedDocument} from './seed/model/seedDocument.ts'

const lake = createLake()
const server = await startServer({lake, port: 0})
const client = createClient({
  projectId: lake.projectId,
  dataset: 'production',
  apiHost: server.url,
  useProjectHostname: false,
  useCdn: false,
  apiVersion: '2025-02-19',
  token: lake.token,
})
const params = {now: '2021-02-20T12:00:00.000Z'}

const {counts, documents} = await importStories({files: ['seed'], client})
deepStrictEqual([counts.created, counts.refused], [13, 0])
const article = documents.find(({type}) => type === 'article')?.id ?? ''
const breaking: boolean[] = (await client.fetch(frontPageQuery, params)).map((one) => one.breaking)
deepStrictEqual(breaking, [false])
await client.patch(article).set({breaking: true}).commit()
deepStrictEqual((await client.fetch(frontPageQuery, params)).map((one) => one.breaking), [true])

const podcast: SeedDocument = {
  _id: 'podcast-morning',
  _type: 'podcast',
  name: 'Morning',
  slug: {_type: 'slug', current: 'morning'},
  startedOn: '2021-02-14',
}
await client.create<Record<string, unknown>>(seedDocument.parse(podcast))
const podcasts: {name: string; slug: string; startedOn: string | null}[] =
  await client.fetch(podcastsQuery)
deepStrictEqual(podcasts, [
  {_id: 'podcast-morning', name: 'Morning', slug: 'morning', startedOn: '2021-02-14'},
])
const wrong = [{name: undefined}, {startedOn: 'in February'}, {slug: 'morning'}, {breaking: true}]
for (const change of wrong) {
  deepStrictEqual([change, seedDocument.safeParse({...podcast, ...change}).success], [change, false])
}
await server.close()
await lake.close()
`
