import {describe, expect, it} from 'vitest'

import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {body, failure, itemFailure, release, type TestLake, testLake} from '../testLake.ts'

/** An action on the variant `loyal` of the document `story`. */
const variant = (verb: string, fields: JsonObject = {}): JsonObject => ({
  actionType: `document.variant.${verb}`,
  publishedId: 'story',
  variantId: 'loyal',
  ...fields,
})

/** A lake with a published story, a release `r1` and the definition `loyal`. */
const newsroom = (): TestLake => {
  const lake = testLake()
  lake.mutate([{create: body('story', {title: 'For all'})}])
  lake.act([
    {actionType: 'variant.definition.create', variantId: 'loyal', conditions: {audience: 'loyal'}},
    release('create'),
  ])
  return lake
}

/** The document of the variant in a bundle: `published`, `drafts` or a release. */
const inBundle = ({ids, get}: TestLake, bundle: string): StoredDocument | undefined =>
  ids()
    .flatMap((id) => get(id) ?? [])
    .find(({_system}) => {
      const {variants, bundleId = 'published'} = Object(_system)
      return variants !== undefined && bundleId === bundle
    })

const titles = (lake: TestLake) =>
  ['published', 'drafts', 'r1'].map((bundle) => inBundle(lake, bundle)?.title ?? null)

const document = (title: string) => ({_type: 't', title})

const scopeOf = (id = '') => /^versions\.([0-9a-f]+)\.story$/.exec(id)?.[1] ?? 'none'

/** A published variant, and its next version in the release `r1`. */
const withNext = (): TestLake => {
  const lake = newsroom()
  lake.act([
    variant('create', {document: document('Now')}),
    variant('create', {bundleId: 'r1', document: document('Next')}),
  ])
  return lake
}

describe('a document of a variant', () => {
  it('is a version of its own in each bundle, and says so in _system', () => {
    const lake = newsroom()
    lake.act([
      variant('create', {baseId: 'story', ifBaseRevisionId: String(lake.get('story')?._rev)}),
      variant('create', {bundleId: 'drafts', document: document('Draft')}),
      variant('create', {bundleId: 'r1', document: document('Next')}),
    ])
    expect(titles(lake)).toEqual(['For all', 'Draft', 'Next'])
    const [published, draft, next] = ['published', 'drafts', 'r1'].map((bundle) =>
      inBundle(lake, bundle),
    )
    const variants = [{_key: expect.any(String), _ref: '_.variants.loyal'}]
    const group = {_ref: 'story', _weak: true}
    expect(published?._system).toEqual({
      group,
      variants,
      scopeId: scopeOf(published?._id),
      draft: {_ref: draft?._id, _weak: true},
    })
    expect(draft?._system).toEqual({
      group,
      variants,
      scopeId: scopeOf(draft?._id),
      bundleId: 'drafts',
    })
    expect(next?._system).toEqual({
      group,
      variants,
      scopeId: scopeOf(next?._id),
      bundleId: 'r1',
      release: {_ref: '_.releases.r1', _weak: true},
    })
    expect(lake.get('story')?.title).toBe('For all')
    const again = failure(() => lake.act([variant('create', {document: document('Again')})]))
    expect(again.body).toEqual(
      itemFailure('documentAlreadyExistsError', {id: String(published?._id)}),
    )
  })

  it.each<[string, string, JsonObject, string]>([
    ['an unknown variant', 'create', {variantId: 'none'}, 'documentNotFoundError'],
    ['the published bundle by name', 'create', {bundleId: 'published'}, 'validationError'],
    ['a base that does not exist', 'create', {baseId: 'none'}, 'documentNotFoundError'],
    ['the id of a draft', 'create', {publishedId: 'drafts.story'}, 'validationError'],
    [
      'another revision of the base',
      'create',
      {baseId: 'story', ifBaseRevisionId: 'old'},
      'documentRevisionIDDoesNotMatchError',
    ],
    ['nothing to delete', 'delete', {}, 'documentNotFoundError'],
    ['no bundle to publish', 'publish', {}, 'validationError'],
    ['nothing to publish', 'publish', {bundleId: 'drafts'}, 'documentNotFoundError'],
    ['nothing to unpublish', 'unpublish', {}, 'documentNotFoundError'],
    ['a draft to unpublish', 'unpublish', {bundleId: 'drafts'}, 'validationError'],
  ])('is refused with %s', (_, verb, fields, type) => {
    const lake = newsroom()
    const before = lake.ids()
    const action = variant(verb, {...(verb === 'create' && {document: document('x')}), ...fields})
    expect(failure(() => lake.act([action])).body).toEqual(itemFailure(type))
    expect(lake.ids()).toEqual(before)
  })

  it('is published from its draft, and unpublished into it', () => {
    const lake = newsroom()
    const {act} = lake
    act([variant('create', {bundleId: 'drafts', document: document('One')})])
    act([variant('publish', {bundleId: 'drafts'})])
    expect(titles(lake)).toEqual(['One', null, null])
    const [first, id] = [inBundle(lake, 'published')?._rev, inBundle(lake, 'published')?._id]

    act([variant('edit', {bundleId: 'drafts', patch: {set: {title: 'Two'}}})])
    expect(titles(lake)).toEqual(['One', 'Two', null])
    const publish = (fields: JsonObject) =>
      act([variant('publish', {bundleId: 'drafts', ...fields})])
    for (const field of ['ifVersionRevisionId', 'ifPublishedVariantRevisionId']) {
      expect(failure(() => publish({[field]: 'old'})).body).toEqual(
        itemFailure('documentRevisionIDDoesNotMatchError'),
      )
    }
    publish({ifPublishedVariantRevisionId: String(first)})
    expect(titles(lake)).toEqual(['Two', null, null])
    expect(inBundle(lake, 'published')?._id).toBe(id)

    act([variant('unpublish')])
    expect(titles(lake)).toEqual([null, 'Two', null])
    expect(lake.get('story')?.title).toBe('For all')
    act([variant('delete', {bundleId: 'drafts'})])
    expect(titles(lake)).toEqual([null, null, null])
  })

  it('is edited from the document itself while it does not exist', () => {
    const lake = newsroom()
    lake.act([variant('edit', {bundleId: 'drafts', patch: {set: {n: 1}}})])
    expect(inBundle(lake, 'drafts')).toMatchObject({title: 'For all', n: 1})
  })

  it('is edited, discarded and replaced under its id, as the Studio does', () => {
    const lake = newsroom()
    lake.act([variant('create', {document: document('One')})])
    const draftId = String(Object(Object(inBundle(lake, 'published')?._system).draft)._ref)
    const edit = {actionType: 'document.edit', publishedId: 'story', draftId}
    lake.act([{...edit, patch: {set: {title: 'Two'}}}])
    expect(titles(lake)).toEqual(['One', 'Two', null])
    lake.act([
      {actionType: 'document.version.replace', document: {_id: draftId, ...document('Three')}},
    ])
    expect(titles(lake)).toEqual(['One', 'Three', null])
    lake.mutate([{patch: {id: draftId, unset: ['_system']}}])
    expect(titles(lake)).toEqual(['One', 'Three', null])
    for (const type of ['publish', 'unpublish']) {
      const action = {actionType: `document.${type}`, publishedId: 'story', draftId}
      expect(failure(() => lake.act([action])).body).toEqual(itemFailure('validationError'))
    }
    lake.act([{actionType: 'document.version.discard', versionId: draftId}])
    expect(titles(lake)).toEqual(['One', null, null])
  })

  it('keeps its definition from being deleted', () => {
    const lake = newsroom()
    lake.act([variant('create', {document: document('One')})])
    const remove = {actionType: 'variant.definition.delete', variantId: 'loyal'}
    expect(failure(() => lake.act([remove])).body).toEqual(
      itemFailure('documentHasExistingReferencesError', {
        referencingIDs: [String(inBundle(lake, 'published')?._id)],
      }),
    )
    lake.act([variant('delete', {purge: true}), remove])
    expect(lake.ids()).toEqual(['_.releases.r1', 'story'])
  })

  it('is found by _system if another lake has given it its id', () => {
    const lake = newsroom()
    const foreign = {
      group: {_ref: 'story', _weak: true},
      scopeId: 'Ab1',
      variants: [{_key: 'k', _ref: '_.variants.loyal'}],
      bundleId: 'drafts',
    }
    lake.mutate([
      {createOrReplace: {_id: 'versions.Ab1.story', ...document('One'), _system: foreign}},
    ])
    lake.act([variant('edit', {bundleId: 'drafts', patch: {set: {title: 'Two'}}})])
    expect(lake.get('versions.Ab1.story')?.title).toBe('Two')
    lake.act([variant('publish', {bundleId: 'drafts'})])
    expect(titles(lake)).toEqual(['Two', null, null])
  })
})

describe('an imported document of a variant', () => {
  const reference = {_key: 'k', _ref: '_.variants.loyal'}
  const imported = (fields: JsonObject): JsonObject => ({
    _id: 'versions.Ab1.story',
    ...document('One'),
    _system: {
      group: {_ref: 'story', _weak: true},
      scopeId: 'Ab1',
      variants: [{...reference, ...fields}],
    },
  })

  it('can come before its definition, with a weak reference', () => {
    const {mutate, get} = testLake()
    const definition = {_id: '_.variants.loyal', _type: 'system.variant', name: 'loyal'}
    expect(failure(() => mutate([{createOrReplace: imported({})}])).body).toEqual(
      itemFailure('documentReferenceDoesNotExistError'),
    )
    mutate([{createOrReplace: imported({_weak: true})}])
    mutate([{createOrReplace: definition}])
    const id = 'versions.Ab1.story'
    mutate([{patch: {id, unset: ['_system.variants[_key=="k"]._weak']}}])
    expect(get(id)?._system).toMatchObject({scopeId: 'Ab1', variants: [reference]})
    expect(failure(() => mutate([{delete: {id: definition._id}}])).status).toBe(409)
  })
})

describe('a release with a variant', () => {
  it('publishes it into the variant', () => {
    const lake = withNext()
    const id = inBundle(lake, 'r1')?._id
    lake.act([release('publish')])
    expect(titles(lake)).toEqual(['Next', null, null])
    expect(lake.get('story')?.title).toBe('For all')
    expect(lake.get('_.releases.r1')?.finalDocumentStates).toEqual([{id}])
  })

  it('unpublishes it into the draft of the variant', () => {
    const lake = withNext()
    lake.act([variant('unpublish', {bundleId: 'r1'})])
    expect(inBundle(lake, 'r1')?._system).toMatchObject({delete: true, bundleId: 'r1'})
    lake.act([release('publish')])
    expect(titles(lake)).toEqual([null, 'Now', null])
    expect(lake.get('story')?.title).toBe('For all')
  })

  it('locks it while scheduled', () => {
    const lake = withNext()
    lake.act([release('schedule', {publishAt: '2026-01-01T03:00:00Z'})])
    const edit = variant('edit', {bundleId: 'r1', patch: {set: {title: 'x'}}})
    const create = {
      ...variant('create', {bundleId: 'r1', document: document('x')}),
      publishedId: 'other',
    }
    for (const action of [edit, create, variant('publish', {bundleId: 'r1'})]) {
      expect(failure(() => lake.act([action])).body).toEqual(itemFailure('validationError'))
    }
  })

  it('archives, restores and deletes it', () => {
    const lake = withNext()
    lake.act([release('archive')])
    expect(titles(lake)).toEqual(['Now', null, null])
    lake.act([release('unarchive')])
    expect(titles(lake)).toEqual(['Now', null, 'Next'])
    lake.act([release('archive'), release('delete')])
    expect(titles(lake)).toEqual(['Now', null, null])
  })
})
