/**
 * The actions `sanity.action.variant.definition.*`. A definition is a document `_.variants.<name>` with
 * the conditions under which readers get the variant, and a priority among variants that match.
 */
import {isDeepStrictEqual} from 'node:util'

import type {Json, JsonObject, StoredDocument} from '../../core/document.ts'
import {documentNotFound} from '../../core/errors.ts'
import {isVariantName, VARIANT_TYPE, variantDocumentId} from '../../core/variants.ts'
import {parsePatch} from '../patch/patch.ts'
import {checkRevision, create, patch, remove} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'
import {type ActionHandler, objectOf, optionalStringOf, refuse, stringOf} from './actionFields.ts'

export const createVariantDefinition: ActionHandler = (workspace, action) => {
  const name = variantNameOf(action)
  const {conditions = {}, priority = 0, metadata} = action
  const definition = {conditions, priority, ...(metadata !== undefined && {metadata})}
  checkDefinition(definition)
  create(workspace, variantDocumentId(name), {_type: VARIANT_TYPE, name, ...definition})
}

/** Changes conditions, priority and metadata only. */
export const editVariantDefinition: ActionHandler = (workspace, action) => {
  const {_id: id} = definitionIn(workspace, action)
  const body = objectOf(action, 'patch')
  const operations = parsePatch(body)
  patch(
    workspace,
    id,
    (document) => {
      const edited = operations(document)
      if (!isDeepStrictEqual(withoutEditable(edited), withoutEditable(document))) {
        return refuse(
          'Only "conditions", "priority" and "metadata" of a variant definition can be edited',
          {id},
        )
      }
      checkDefinition(edited)
      return edited
    },
    {patch: {id, ...body}},
    optionalStringOf(action, 'ifRevisionId'),
  )
}

/** Documents of the variant refer to it by strong references, so it can only be deleted after them. */
export const deleteVariantDefinition: ActionHandler = (workspace, action) => {
  const definition = definitionIn(workspace, action)
  checkRevision(workspace, definition, optionalStringOf(action, 'ifRevisionId'))
  remove(workspace, definition._id)
}

/** The name in `variantId`, which must not be the id of the definition's document. */
export const variantNameOf = (action: JsonObject): string => {
  const name = stringOf(action, 'variantId')
  if (isVariantName(name)) return name
  return refuse(`"${name}" is not a valid variant name: use letters, digits, "_" and "-"`, {
    value: name,
  })
}

/** The definition that the action names. @throws Refusal if it is missing. */
export const definitionIn = (workspace: Workspace, action: JsonObject): StoredDocument => {
  const id = variantDocumentId(variantNameOf(action))
  const definition = workspace.find(id)
  if (!definition) throw new Refusal(documentNotFound(id))
  return definition
}

const withoutEditable = ({
  conditions: _conditions,
  priority: _priority,
  metadata: _metadata,
  ...rest
}: JsonObject): JsonObject => rest

const CONDITION = /^[a-z][a-z0-9_-]{0,63}$/

/** The rules for conditions are those of `core/variants/ACTIONS.md` in the source of the Studio. */
const checkDefinition = (definition: JsonObject): void => {
  for (const [name, value] of Object.entries(objectOf(definition, 'conditions'))) {
    if (!CONDITION.test(name)) {
      refuse(
        `Condition "${name}" must begin with a lower-case letter and have at most 64 lower-case letters, digits, "_" and "-"`,
        {value: name},
      )
    }
    if (typeof value !== 'string' || value === '') {
      refuse(`Condition "${name}" must have a non-empty string as its value`)
    }
  }
  if (!isAbsent(definition.priority) && typeof definition.priority !== 'number') {
    refuse('"priority" must be a number')
  }
  if (!isAbsent(definition.metadata)) objectOf(definition, 'metadata')
}

const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null
