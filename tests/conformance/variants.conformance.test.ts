/** Variants are a beta of hosted Sanity: the Studio sends these requests with the API version `vX`. */
import type {ClientVariant, SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
let client: SanityClient
beforeAll(async () => {
  target = await openTarget()
  client = target.client().withConfig({apiVersion: 'X', perspective: 'raw'})
})
afterAll(() => target.close())

/** A new definition, and its name. */
const define = async (label: string, conditions: Record<string, string>, priority = 0) => {
  const variantId = target.id(label).replaceAll('.', '-')
  const actionType = 'sanity.action.variant.definition.create'
  await client.action({actionType, variantId, conditions, priority, metadata: {title: label}})
  return variantId
}

const definitionOf = (variantId: string) => client.getDocument(`_.variants.${variantId}`)

/** The documents of a variant, as `[bundle, text]`. */
const documentsOf = (variantId: string) =>
  client.fetch<unknown>(
    '*[sanity::partOfVariant($variantId)] | order(text) {"bundle": _system.bundleId, text}',
    {variantId},
  )

/** A published note, and a published variant of it. */
const noteWithVariant = async (label: string, variantId: string) => {
  const publishedId = target.id(label)
  await client.create({_id: publishedId, _type: 'note', text: 'for all'})
  await client.action({
    actionType: 'sanity.action.document.variant.create',
    publishedId,
    variantId,
    document: {_type: 'note', text: `for ${label}`},
  })
  return publishedId
}

/** The text of the note that readers of published documents see. */
const seenThrough = (publishedId: string, variant: ClientVariant | undefined) =>
  client.fetch<unknown>(
    '*[_id == $id][0].text',
    {id: publishedId},
    {perspective: 'published', ...(variant !== undefined && {variant})},
  )

describe('POST /data/actions', () => {
  test('a definition of a variant: create, edit, delete', async () => {
    const variantId = await define('edited', {audience: 'loyal'})
    expect(await definitionOf(variantId)).toMatchObject({
      _type: 'system.variant',
      name: variantId,
      conditions: {audience: 'loyal'},
      priority: 0,
    })
    const edit = 'sanity.action.variant.definition.edit'
    await client.action({actionType: edit, variantId, patch: {set: {priority: 2}}})
    expect(await definitionOf(variantId)).toMatchObject({priority: 2})
    await client.action({actionType: 'sanity.action.variant.definition.delete', variantId})
    expect(await definitionOf(variantId)).toBeUndefined()
  })

  test('a definition with documents cannot be deleted', async () => {
    const variantId = await define('used', {audience: 'loyal'})
    await noteWithVariant('used-note', variantId)
    const failure = await failureOf(
      client.action({actionType: 'sanity.action.variant.definition.delete', variantId}),
    )
    expect(failure).toMatchObject({statusCode: 409})
  })

  test('a draft of a variant is published and unpublished', async () => {
    const variantId = await define('published', {audience: 'loyal'})
    const publishedId = target.id('published-note')
    const named = {publishedId, variantId}
    await client.create({_id: publishedId, _type: 'note', text: 'for all'})
    await client.action({
      actionType: 'sanity.action.document.variant.create',
      ...named,
      bundleId: 'drafts',
      baseId: publishedId,
    })
    expect(await documentsOf(variantId)).toEqual([{bundle: 'drafts', text: 'for all'}])
    await client.action({
      actionType: 'sanity.action.document.variant.publish',
      ...named,
      bundleId: 'drafts',
    })
    expect(await documentsOf(variantId)).toEqual([{bundle: null, text: 'for all'}])
    await client.action({actionType: 'sanity.action.document.variant.unpublish', ...named})
    expect(await documentsOf(variantId)).toEqual([{bundle: 'drafts', text: 'for all'}])
    await client.action({
      actionType: 'sanity.action.document.variant.delete',
      ...named,
      bundleId: 'drafts',
    })
    expect(await documentsOf(variantId)).toEqual([])
    expect(await client.getDocument(publishedId)).toMatchObject({text: 'for all'})
  })
})

describe('GET /data/query', () => {
  test('a variant by name, and by the conditions that a reader meets', async () => {
    const region = target.id('region').replaceAll('.', '-')
    const loyal = await define('loyal', {region, audience: 'loyal'})
    const other = await define('other', {region}, 1)
    const publishedId = await noteWithVariant('loyal-note', loyal)
    await client.action({
      actionType: 'sanity.action.document.variant.create',
      publishedId,
      variantId: other,
      document: {_type: 'note', text: 'for the region'},
    })
    expect(await seenThrough(publishedId, undefined)).toBe('for all')
    expect(await seenThrough(publishedId, loyal)).toBe('for loyal-note')
    expect(await seenThrough(publishedId, {region, audience: 'loyal'})).toBe('for loyal-note')
    expect(await seenThrough(publishedId, {region})).toBe('for the region')
    expect(await seenThrough(publishedId, {audience: 'loyal'})).toBe('for all')
  })
})
