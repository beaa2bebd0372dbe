/** What the lake keeps: JSON documents with five system fields, as GROQ reads them. */
export {isJsonObject, type Json, type JsonObject, type StoredDocument} from '@copydesk/groq/engine'
