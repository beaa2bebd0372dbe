/**
 * JSON, and documents with five system fields.
 * Documents are shared between queries, listeners and caches, so they are never changed in place.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** A document as stored: the system fields are always there. Times are ISO 8601 in UTC. */
export interface StoredDocument extends JsonObject {
  readonly _id: string
  readonly _type: string
  /** Id of the transaction that last changed the document. */
  readonly _rev: string
  readonly _createdAt: string
  readonly _updatedAt: string
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
