/** Many stories at once: what can be done to each, in the lake. */
import type {SanityClient, SanityDocument} from '@sanity/client'
import {getDraftId, getVersionId} from '@sanity/client/csm'

import {records, refOf} from '../../schemas/untyped.ts'
import {publicationPatches} from '../actions/publicationPatches.ts'
import {readDocuments, type StoryDocuments} from './restore.ts'

/** What to do to each story. `id` is that of a topic or a release. */
export type Operation =
  | {readonly is: 'publish' | 'unpublish'}
  | {readonly is: 'setSection' | 'addTopic' | 'addToRelease'; readonly id: string}

/** What the operations need from the Studio. */
export interface Newsroom {
  readonly client: SanityClient
  /** The problems of a document, in words for its editor; empty when it may be published. */
  findings(document: SanityDocument): Promise<readonly string[]>
  now(): Date
  newKey(): string
}

/** The way back, if anything was changed. */
export interface Done {
  readonly before: StoryDocuments
  readonly after: StoryDocuments
}

/**
 * Does the operation to one story. Sections and topics are set in its draft, which readers see once it
 * is published.
 * @param id the published id
 * @throws an error whose message tells the editor why nothing was done
 */
export const operate = async (
  newsroom: Newsroom,
  id: string,
  operation: Operation,
): Promise<Done> => {
  const {client} = newsroom
  const ids = [id, getDraftId(id)]
  if (operation.is === 'addToRelease') ids.push(getVersionId(id, operation.id))
  const before = await readDocuments(client, ids)
  await STEPS[operation.is](newsroom, {id, before}, 'id' in operation ? operation.id : '')
  return {before, after: await readDocuments(client, ids)}
}

interface Story {
  readonly id: string
  readonly before: StoryDocuments
}

type Step = (newsroom: Newsroom, story: Story, target: string) => Promise<void>

const draftOf = ({id, before}: Story) => before.get(getDraftId(id))

/** The text that an editor sees: the draft, or else what is published. */
const currentOf = (story: Story): SanityDocument => {
  const current = draftOf(story) ?? story.before.get(story.id)
  if (!current) throw new Error('Someone has deleted it.')
  return current
}

const publish: Step = async ({client, findings, now, newKey}, story) => {
  const draft = draftOf(story)
  if (!draft) throw new Error('It has no changes to publish.')
  const published = story.before.get(story.id) ?? null
  const patches = publicationPatches(draft, published, now(), newKey)
  const problems = await findings(Object.assign({}, draft, ...patches.map(({set}) => set)))
  if (problems.length > 0) throw new Error(problems.join(' '))
  let revision = draft._rev
  if (patches.length > 0) {
    const stamp = client.transaction()
    for (const [index, patch] of patches.entries()) {
      stamp.patch(draft._id, {...patch, ...(index === 0 && {ifRevisionID: revision})})
    }
    const {transactionId} = await stamp.commit({tag: 'bulk.stamp'})
    revision = transactionId
  }
  await client.action(
    {
      actionType: 'sanity.action.document.publish',
      draftId: draft._id,
      publishedId: story.id,
      ifDraftRevisionId: revision,
      ...(published && {ifPublishedRevisionId: published._rev}),
    },
    {tag: 'bulk.publish'},
  )
}

const unpublish: Step = async ({client}, story) => {
  if (!story.before.has(story.id)) throw new Error('It is not published.')
  await client.action(
    {
      actionType: 'sanity.action.document.unpublish',
      draftId: getDraftId(story.id),
      publishedId: story.id,
    },
    {tag: 'bulk.unpublish'},
  )
}

/** Changes the draft, which is made first if there is none. */
const edit = async (client: SanityClient, story: Story, set: Record<string, unknown>) => {
  const {_rev, _updatedAt, ...current} = currentOf(story)
  const draftId = getDraftId(story.id)
  const transaction = client.transaction()
  if (draftOf(story)) transaction.patch(draftId, {ifRevisionID: _rev, set})
  else transaction.create({...current, ...set, _id: draftId})
  await transaction.commit({tag: 'bulk.edit'})
}

const setSection: Step = async ({client}, story, topic) => {
  if (refOf(currentOf(story)['section']) === topic) {
    throw new Error('It is in this section already.')
  }
  await edit(client, story, {section: {_type: 'reference', _ref: topic}})
}

const addTopic: Step = async ({client, newKey}, story, topic) => {
  const topics = records(currentOf(story)['topics'])
  if (topics.some((reference) => refOf(reference) === topic)) {
    throw new Error('It has this topic already.')
  }
  const added = {_key: newKey(), _type: 'reference', _ref: topic}
  await edit(client, story, {topics: [...topics, added]})
}

const addToRelease: Step = async ({client}, story, release) => {
  const {_rev, _updatedAt, ...current} = currentOf(story)
  const versionId = getVersionId(story.id, release)
  if (story.before.has(versionId)) throw new Error('It is in this release already.')
  await client.create({...current, _id: versionId}, {tag: 'bulk.release'})
}

const STEPS: Readonly<Record<Operation['is'], Step>> = {
  publish,
  unpublish,
  setSection,
  addTopic,
  addToRelease,
}
