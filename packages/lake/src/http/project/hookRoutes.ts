/**
 * `/hooks/projects/:project`: webhooks, as `sanity hook` and the management API list, create, change
 * and delete them, and read their messages and attempts. `test` and `redeliver` are the lake's own.
 */
import type {HookRecord} from '../../access/hookRecord.ts'
import type {JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {jsonObjectBody} from '../../core/jsonBody.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {changedHook, newHook} from '../../hooks/hookInput.ts'
import type {Hooks} from '../../hooks/hooks.ts'
import type {Attempt, Message} from '../../store/hooks/hookLog.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

const hooksOf = ({lake, path}: RequestContext): Hooks => {
  // The older addresses of the logs do not name the project.
  if (path['project'] !== undefined) lake.checkProject(path['project'])
  return lake.hooks
}

const idIn = ({path}: RequestContext): string => path['hook'] ?? ''

/** Without its secret, which cannot be read again. */
const describeHook = (
  {lake: {projectId, hooks}}: RequestContext,
  {secret, ...hook}: HookRecord,
): JsonObject => ({
  ...hook,
  rule: {...hook.rule},
  type: 'document',
  projectId,
  hasSecret: secret !== null,
  isDisabled: hooks.isPaused(hook),
  deletedAt: null,
})

const isoTime = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString()

const describeMessage = ({lake}: RequestContext, message: Message): JsonObject => ({
  id: message.id,
  projectId: lake.projectId,
  dataset: message.dataset,
  hookId: message.hook,
  documentId: message.document,
  operation: message.operation,
  transactionId: message.transactionId,
  status: message.status,
  failureCount: message.failures,
  resultCode: message.resultCode,
  payload: message.payload,
  createdAt: isoTime(message.createdAt),
  updatedAt: isoTime(message.updatedAt),
  deletedAt: null,
})

const describeAttempt = ({lake}: RequestContext, attempt: Attempt): JsonObject => ({
  id: attempt.id,
  projectId: lake.projectId,
  hookId: attempt.hook,
  messageId: attempt.message,
  inProgress: attempt.endedAt === null,
  isFailure: attempt.failure !== null,
  failureReason: attempt.failure,
  resultCode: attempt.resultCode,
  resultBody: attempt.resultBody,
  duration: attempt.duration,
  createdAt: isoTime(attempt.startedAt),
  updatedAt: isoTime(attempt.endedAt),
})

const requireDataset = ({lake}: RequestContext, dataset: string): void => {
  const names = lake.datasets.list().map(({name}) => name)
  if (dataset === '*' || names.includes(dataset)) return
  throw badRequest(`"dataset": there is no dataset "${dataset}". Create it first, or use "*".`)
}

const add = async (context: RequestContext): Promise<JsonObject> => {
  const settings = newHook(await jsonObjectBody(context.request, MAX_SMALL_BODY_BYTES))
  requireDataset(context, settings.dataset)
  const {id = ''} = context.caller.user ?? {}
  return describeHook(context, hooksOf(context).add(settings, id))
}

const change = async (context: RequestContext): Promise<JsonObject> => {
  const hooks = hooksOf(context)
  hooks.get(idIn(context))
  const body = await jsonObjectBody(context.request, MAX_SMALL_BODY_BYTES)
  const changed = hooks.change(idIn(context), (hook) => {
    const next = changedHook(hook, body)
    if (next.dataset !== hook.dataset) requireDataset(context, next.dataset)
    return next
  })
  return describeHook(context, changed)
}

const PROJECT = '/hooks/projects/:project'

const messages = (context: RequestContext) =>
  json(
    hooksOf(context)
      .messages(idIn(context))
      .map((message) => describeMessage(context, message)),
  )

const attempts = (context: RequestContext) =>
  json(
    hooksOf(context)
      .attempts(idIn(context))
      .map((attempt) => describeAttempt(context, attempt)),
  )

export const hookRoutes = [
  route('GET', PROJECT, 'manage', (context) =>
    json(
      hooksOf(context)
        .list()
        .map((hook) => describeHook(context, hook)),
    ),
  ),
  route('POST', PROJECT, 'manage', async (context) => {
    hooksOf(context)
    return json(await add(context), 201)
  }),
  route('GET', `${PROJECT}/:hook`, 'manage', (context) =>
    json(describeHook(context, hooksOf(context).get(idIn(context)))),
  ),
  route('PATCH', `${PROJECT}/:hook`, 'manage', async (context) => json(await change(context))),
  route('DELETE', `${PROJECT}/:hook`, 'manage', (context) => {
    hooksOf(context).remove(idIn(context))
    return json({deleted: true})
  }),
  route('GET', `${PROJECT}/:hook/messages`, 'manage', messages),
  route('GET', `${PROJECT}/:hook/attempts`, 'manage', attempts),
  route('GET', '/hooks/:hook/messages', 'manage', messages),
  route('GET', '/hooks/:hook/attempts', 'manage', attempts),
  route('GET', `${PROJECT}/attempts/:attempt`, 'manage', (context) =>
    json(describeAttempt(context, hooksOf(context).attempt(context.path['attempt'] ?? ''))),
  ),
  route('POST', `${PROJECT}/:hook/test`, 'manage', async (context) =>
    json(describeAttempt(context, await hooksOf(context).test(idIn(context)))),
  ),
  route('POST', `${PROJECT}/:hook/messages/:message/redeliver`, 'manage', async (context) => {
    const message = context.path['message'] ?? ''
    return json(describeAttempt(context, await hooksOf(context).redeliver(idIn(context), message)))
  }),
]
