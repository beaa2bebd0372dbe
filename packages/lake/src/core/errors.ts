/**
 * Every error that a client can cause, with the response bodies that `@sanity/client` turns into
 * its own errors. Any room may throw one of these; only the router catches them.
 */
import {QueryError} from '@copydesk/groq/engine'

import {isJsonObject, type JsonObject} from './document.ts'

/**
 * An error that the person who runs the lake can put right: its message says what happened and what
 * to do, so a command prints the message alone, without a stack trace.
 */
export class FixableError extends Error {}

/** An error with its HTTP status, response body and headers. */
export class LakeError extends FixableError {
  override readonly name = 'LakeError'
  readonly status: number
  readonly body: JsonObject
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    body: JsonObject,
    headers: Readonly<Record<string, string>> = {},
    /** The failure inside the lake, for its log; undefined when the client is at fault. */
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : {cause})
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/**
 * The response to an error that a client caused, in GROQ or elsewhere; undefined for any other error,
 * which is a fault of the lake.
 */
export const asLakeError = (error: unknown): LakeError | undefined => {
  if (error instanceof LakeError) return error
  if (!(error instanceof QueryError)) return undefined
  const {type, message, details} = error
  return new LakeError(400, message, {error: {type, description: message, ...details}})
}

/** The message in the body of an error response, whichever of the API's shapes it has. */
export const messageIn = (body: unknown, status: number): string => {
  if (isJsonObject(body)) {
    const {message, error} = body
    if (typeof message === 'string') return message
    if (isJsonObject(error) && typeof error['description'] === 'string') return error['description']
  }
  return `The lake answered ${status}.`
}

/** Runs work that uses GROQ, and turns the errors of a query into responses. */
export const withLakeErrors = <Result>(work: () => Result): Result => {
  try {
    return work()
  } catch (error) {
    throw asLakeError(error) ?? error
  }
}

const plainError = (
  statusCode: number,
  error: string,
  message: string,
  extra: JsonObject = {},
  headers: Readonly<Record<string, string>> = {},
  cause?: unknown,
): LakeError =>
  new LakeError(statusCode, message, {statusCode, error, message, ...extra}, headers, cause)

export const badRequest = (message: string): LakeError => plainError(400, 'Bad Request', message)

/** A token is needed. There is no `errorCode`, which would make a Studio log out. */
export const unauthorized = (message: string): LakeError => plainError(401, 'Unauthorized', message)

/** The token is not valid. The `errorCode` makes a Studio ask its user to sign in again. */
export const sessionNotFound = (): LakeError =>
  plainError(401, 'Unauthorized', 'Session not found: the token is unknown or was revoked.', {
    errorCode: 'SIO-401-ANF',
  })

export const forbidden = (message: string): LakeError => plainError(403, 'Forbidden', message)

export const notFound = (message: string): LakeError => plainError(404, 'Not Found', message)

/** @param allowed The methods that the route has. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): LakeError =>
  plainError(
    405,
    'Method Not Allowed',
    `${method} is not allowed here; use ${allowed.join(' or ')}.`,
    {},
    {allow: allowed.join(', ')},
  )

/** Something exists already, or is in a state that does not allow the request. */
export const conflict = (message: string): LakeError => plainError(409, 'Conflict', message)

/** @param limit Maximum size of the request, in bytes. */
export const payloadTooLarge = (limit: number): LakeError =>
  plainError(
    413,
    'Request Entity Too Large',
    `Payload content length greater than maximum allowed: ${limit}`,
  )

/** The client sends too slowly, or stopped half-way. */
export const requestTimeout = (): LakeError =>
  plainError(408, 'Request Timeout', 'The request did not arrive in time.')

export const unsupportedMediaType = (message: string): LakeError =>
  plainError(415, 'Unsupported Media Type', message)

/** Well-formed, but unusable: an image that cannot be decoded. */
export const unprocessable = (message: string): LakeError =>
  plainError(422, 'Unprocessable Entity', message)

export const rangeNotSatisfiable = (size: number): LakeError =>
  plainError(
    416,
    'Range Not Satisfiable',
    `The range lies outside the ${size} bytes.`,
    {},
    {'content-range': `bytes */${size}`},
  )

/** @param retryAfter Seconds. */
export const tooManyRequests = (message: string, retryAfter = 1): LakeError =>
  plainError(429, 'Too Many Requests', message, {}, {'retry-after': String(retryAfter)})

/** @param route The missing route, named in the message so that the user need not guess. */
export const notImplemented = (route: string): LakeError =>
  plainError(501, 'Not Implemented', `This lake does not implement ${route}.`)

/**
 * The lake cannot answer at present.
 * @param retryAfter Seconds until a retry can succeed; leave it out where a person must act first.
 */
export const unavailable = (message: string, cause?: unknown, retryAfter?: number): LakeError => {
  const headers = retryAfter === undefined ? undefined : {'retry-after': String(retryAfter)}
  return plainError(503, 'Service Unavailable', message, {}, headers, cause)
}

/**
 * The request can succeed in a second or two: a dataset is being emptied, or the lake is closing.
 * @param retryAfter Seconds.
 */
export const temporarilyUnavailable = (message: string, retryAfter = 1): LakeError =>
  unavailable(message, undefined, retryAfter)

/** The disk is full. */
export const insufficientStorage = (message: string, cause?: unknown): LakeError =>
  plainError(507, 'Insufficient Storage', message, {}, {}, cause)

/** A valid query that cannot be answered: a missing parameter, a limit, an unknown function. */
export const queryError = (description: string, extra: JsonObject = {}): LakeError =>
  new LakeError(400, description, {error: {type: 'queryError', description, ...extra}})

/** The client went away before its query was answered. */
export const queryCancelled = (): LakeError =>
  queryError('The query was cancelled because its client went away.')

/** The error of one mutation or action; `type` is one of the documented names. */
export interface ItemError extends JsonObject {
  readonly type: string
  readonly description: string
}

export interface FailedItem {
  /** Position in the request's `mutations` or `actions`. */
  readonly index: number
  readonly error: ItemError
}

const itemStatus = ({type}: ItemError): number => {
  if (type === 'insufficientPermissionsError') return 403
  if (type === 'validationError') return 400
  return 409
}

const itemsError =
  (type: string, summary: string) =>
  (items: readonly [FailedItem, ...FailedItem[]]): LakeError => {
    const description = `${summary}: ${items[0].error.description}`
    return new LakeError(itemStatus(items[0].error), description, {
      error: {
        type,
        description,
        items: items.map(({index, error}) => ({index, error})),
      },
    })
  }

/** A mutate request that failed; the status follows its first item: 400, 403 or 409. */
export const mutationError = itemsError('mutationError', 'The mutation(s) failed')

/** An actions request that failed; the status follows its first item: 400, 403 or 409. */
export const actionError = itemsError('actionError', 'The action(s) failed')

/** The dataset would have too many different attributes. The wording is that of hosted Sanity. */
export const tooManyAttributes = (count: number, limit: number): LakeError => {
  const description = `Total attribute/datatype count ${count} exceeds limit of ${limit} (including submitted mutations)`
  return new LakeError(400, description, {error: {type: 'mutationError', description, items: []}})
}

export const documentAlreadyExists = (id: string): ItemError => ({
  type: 'documentAlreadyExistsError',
  description: `Document by ID "${id}" already exists`,
  id,
})

export const documentNotFound = (id: string): ItemError => ({
  type: 'documentNotFoundError',
  description: `The document with the ID "${id}" was not found`,
  id,
})

export const revisionMismatch = (
  id: string,
  expectedRevisionID: string,
  currentRevisionID: string | null,
): ItemError => ({
  type: 'documentRevisionIDDoesNotMatchError',
  description:
    currentRevisionID === null
      ? `Expected document "${id}" to have revision "${expectedRevisionID}", but it does not exist`
      : `Expected document "${id}" to have revision "${expectedRevisionID}", ` +
        `but the current revision is "${currentRevisionID}"`,
  id,
  currentRevisionID,
  expectedRevisionID,
})

export const documentHasExistingReferences = (
  id: string,
  referencingIDs: readonly string[],
): ItemError => ({
  type: 'documentHasExistingReferencesError',
  description: `Document "${id}" cannot be deleted as there are references to it from "${referencingIDs[0] ?? ''}"`,
  id,
  referencingIDs,
})

export const documentReferenceDoesNotExist = (id: string, referenceID: string): ItemError => ({
  type: 'documentReferenceDoesNotExistError',
  description: `Document "${id}" references non-existent document "${referenceID}"`,
  id,
  referenceID,
})

export const insufficientPermissions = (
  permission: string,
  description = `Insufficient permissions; permission "${permission}" required`,
): ItemError => ({type: 'insufficientPermissionsError', description, permission})

/** A mutation or action that is malformed, or not possible on its document. */
export const validationError = (description: string, extra: JsonObject = {}): ItemError => ({
  type: 'validationError',
  description,
  ...extra,
})

/** Rejects a whole request for a missing permission; mutations and actions have errors of their own. */
export const insufficientPermissionsError = (permission: string): LakeError => {
  const error = insufficientPermissions(permission)
  return new LakeError(403, error.description, {error})
}

/** The SDK reads this 409 as "already done": it retried a transaction that was committed. */
export const transactionAlreadyExists = (transactionId: string): LakeError => {
  const description = `Transaction "${transactionId}" already exists`
  return new LakeError(409, description, {
    error: {type: 'transactionAlreadyExistsError', description, transactionId},
  })
}

export const releaseLimitExceeded = (limit: number): LakeError => {
  const description = `No more than ${limit} releases can be active at a time`
  return new LakeError(403, description, {
    error: {type: 'releaseLimitExceededError', description, limit},
  })
}
