/**
 * Sets the fields of a document that the lake owns: `_rev`, `_createdAt`, `_updatedAt`, `_system`.
 */
import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {publishedId, releaseDocumentId, releaseOf} from '../../core/ids.ts'
import {placeIn, systemOfVariant} from '../../core/variants.ts'
import {Refusal} from './refusal.ts'
import type {Workspace} from './workspace.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}T/

/**
 * Replaces these fields as sent: `_rev` and `_updatedAt` are those of this transaction, and versions
 * of a release have `_system`. A sent `_createdAt` is kept if it is a date.
 * @param identity Of the stored document, if there is one: it stays in its variant.
 */
export const withSystemFields = (
  body: JsonObject,
  identity: {
    readonly _id: string
    readonly _type: string
    readonly _createdAt?: string
    readonly _system?: Json
  },
  workspace: Workspace,
): StoredDocument => {
  const {transactionId, timestamp} = workspace
  const system = systemOf(identity, body._system, workspace)
  return {
    ...(body._system === undefined ? body : withoutSystem(body)),
    _id: identity._id,
    _type: identity._type,
    _rev: transactionId,
    _createdAt: dateOf(body._createdAt) ?? identity._createdAt ?? timestamp,
    _updatedAt: timestamp,
    ...(system && {_system: system}),
  }
}

const withoutSystem = ({_system, ...fields}: JsonObject): JsonObject => fields

const dateOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && ISO_DATE.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined

/**
 * The `_system` field of a version: its variant, its release, whether publishing deletes the document,
 * and the document and revision that it was copied from. The Studio follows this `base` to compare
 * versions with what they were made from (`core/divergence` in its source;
 * https://github.com/sanity-io/client/pull/1108).
 * Undefined if the release does not exist, unless the field was sent: an import may create the release
 * later.
 */
const systemOf = (
  {_id: id, _system: stored}: {readonly _id: string; readonly _system?: Json},
  sent: Json | undefined,
  workspace: Workspace,
): JsonObject | undefined => {
  const name = releaseOf(id)
  if (name === undefined) return undefined
  const mark = isJsonObject(sent) && sent.delete === true && {delete: true}
  const place = placeIn(stored) ?? placeIn(sent)
  if (place) {
    const {bundle} = place
    const isInRelease = bundle !== undefined && bundle !== 'drafts'
    return {
      ...systemOfVariant(id, place, placeIn(sent) ? sent : stored),
      ...(isInRelease && {release: weak(releaseDocumentId(bundle)), ...mark}),
    }
  }
  const release = releaseDocumentId(name)
  if (sent === undefined && !workspace.find(release)) return undefined
  const base = baseIn(stored) ?? baseIn(sent)
  return {
    bundleId: name,
    group: weak(publishedId(id)),
    release: weak(release),
    ...(base && {base}),
    ...mark,
  }
}

const baseIn = (system: Json | undefined): JsonObject | undefined => {
  const base = isJsonObject(system) ? (system.base ?? null) : null
  if (!isJsonObject(base) || typeof base.id !== 'string') return undefined
  return {id: base.id, ...(typeof base.rev === 'string' && {rev: base.rev})}
}

const weak = (id: string): JsonObject => ({_ref: id, _weak: true})

/** @throws Refusal if the body has no type. */
export const typeOf = (body: JsonObject): string => {
  const type = body._type
  if (typeof type === 'string' && type !== '') return type
  throw new Refusal(validationError('A document needs a "_type", which must be a non-empty string'))
}
