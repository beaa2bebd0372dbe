/**
 * The documents that the lake stores: JSON with five system fields (`_id`, `_type`, `_rev`,
 * `_createdAt`, `_updatedAt`), with the same types as in GROQ.
 */
export {isJsonObject, type Json, type JsonObject, type StoredDocument} from '@copydesk/groq/engine'
