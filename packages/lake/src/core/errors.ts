import {QueryError} from '@copydesk/groq/engine'

import {isJsonObject, type JsonObject} from './document.ts'

/**
 * Everything a client can do wrong, as the bodies that `@sanity/client` turns into its own errors.
 * Whatever room finds the mistake throws one of these; the router is the only one that catches.
 */
export class LakeError extends Error {
  override readonly name = 'LakeError'
  readonly status: number
  readonly body: JsonObject
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    body: JsonObject,
    headers: Readonly<Record<string, string>> = {},
    /** What went wrong in the lake itself, for its log; absent when the client is at fault. */
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : {cause})
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/**
 * What a client did wrong, in GROQ or elsewhere, as its response; undefined for any other error,
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

/** Does work that asks GROQ, and throws its errors as responses. */
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

/** No credentials where some are needed. Carries no `errorCode`, so a Studio is not logged out. */
export const unauthorized = (message: string): LakeError => plainError(401, 'Unauthorized', message)

/** Credentials that name no session: the `errorCode` makes a Studio ask to sign in again. */
export const sessionNotFound = (): LakeError =>
  plainError(401, 'Unauthorized', 'Session not found: the token is unknown or was revoked.', {
    errorCode: 'SIO-401-ANF',
  })

export const forbidden = (message: string): LakeError => plainError(403, 'Forbidden', message)

export const notFound = (message: string): LakeError => plainError(404, 'Not Found', message)

/** @param allowed Methods that the route does answer. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): LakeError =>
  plainError(
    405,
    'Method Not Allowed',
    `${method} is not allowed here; use ${allowed.join(' or ')}.`,
    {},
    {allow: allowed.join(', ')},
  )

/** Something that exists already, or is in a state that forbids the request. */
export const conflict = (message: string): LakeError => plainError(409, 'Conflict', message)

/** @param limit The most bytes that the request may have. */
export const payloadTooLarge = (limit: number): LakeError =>
  plainError(
    413,
    'Request Entity Too Large',
    `Payload content length greater than maximum allowed: ${limit}`,
  )

/** The client sends too slowly, or has stopped in the middle. */
export const requestTimeout = (): LakeError =>
  plainError(408, 'Request Timeout', 'The request did not arrive in time.')

export const unsupportedMediaType = (message: string): LakeError =>
  plainError(415, 'Unsupported Media Type', message)

/** Well-formed, but not what the endpoint can work with: an image that does not decode. */
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

/** @param route What was asked for, by name: nobody should have to guess what is missing. */
export const notImplemented = (route: string): LakeError =>
  plainError(501, 'Not Implemented', `This lake does not implement ${route}.`)

/**
 * The lake cannot do now what it could do at another time.
 * @param retryAfter Seconds after which it is worth trying again; left out where a person must act.
 */
export const unavailable = (message: string, cause?: unknown, retryAfter?: number): LakeError => {
  const headers = retryAfter === undefined ? undefined : {'retry-after': String(retryAfter)}
  return plainError(503, 'Service Unavailable', message, {}, headers, cause)
}

/**
 * What was asked for can be done in a moment: a dataset is being emptied, the lake is closing.
 * @param retryAfter Seconds.
 */
export const temporarilyUnavailable = (message: string, retryAfter = 1): LakeError =>
  unavailable(message, undefined, retryAfter)

/** The disk is full. */
export const insufficientStorage = (message: string, cause?: unknown): LakeError =>
  plainError(507, 'Insufficient Storage', message, {}, {}, cause)

/** GROQ that parses but cannot be answered: a missing parameter, a limit, an unknown function. */
export const queryError = (description: string, extra: JsonObject = {}): LakeError =>
  new LakeError(400, description, {error: {type: 'queryError', description, ...extra}})

/** A query whose answer nobody waits for. */
export const queryCancelled = (): LakeError =>
  queryError('The query was cancelled because its client went away.')

/** What one mutation or action of a request did wrong; `type` is one of the documented names. */
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

/**
 * The dataset would have too many different attributes. Hosted Sanity's own words, as its users
 * meet them.
 */
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

/** A mutation or an action that is not well-formed or not possible on the document it names. */
export const validationError = (description: string, extra: JsonObject = {}): ItemError => ({
  type: 'validationError',
  description,
  ...extra,
})

/** A whole request refused for lack of a grant, outside of mutations and actions. */
export const insufficientPermissionsError = (permission: string): LakeError => {
  const error = insufficientPermissions(permission)
  return new LakeError(403, error.description, {error})
}

/** The SDK takes this 409 as "already done": a retry of a transaction that was committed. */
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
