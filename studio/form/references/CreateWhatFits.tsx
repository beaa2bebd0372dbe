/** The form: the “Create” button of a reference field. */
import type {ReactNode} from 'react'
import {ReferenceInputOptionsProvider, useReferenceInputOptions, useTemplates} from 'sanity'

import {isRecord, textOf} from '../../../schemas/untyped.ts'
import {kindTemplateId, namedTemplateId} from '../../templates/templateIds.ts'
import {useTypedName} from './useTypedName.ts'

interface Props {
  /** The options of the reference field. */
  readonly options: unknown
  readonly children: ReactNode
}

/**
 * A reference field creates what it accepts: “Create” in an article’s section field makes a section,
 * not a topic that the field would reject. The typed name is in the new document.
 */
export const CreateWhatFits = ({options, children}: Props) => {
  const inherited = useReferenceInputOptions()
  const templates = useTemplates()
  const {name, onInput} = useTypedName()
  const kind = kindOf(options)

  const items = inherited.initialValueTemplateItems?.map((item) => {
    const wanted = kind === undefined ? item.templateId : kindTemplateId(item.schemaType, kind)
    const fitting = templates.find(({id}) => id === wanted)
    if (!fitting) return item
    const named = templates.find(({id}) => id === namedTemplateId(wanted))
    const template = name === '' ? fitting : (named ?? fitting)
    return {...item, id: template.id, title: fitting.title, template, parameters: {name}}
  })
  return (
    <ReferenceInputOptionsProvider {...inherited} initialValueTemplateItems={items}>
      <div onInput={onInput}>{children}</div>
    </ReferenceInputOptionsProvider>
  )
}

/** The kind in a field’s filter, when the filter has no other condition. */
const kindOf = (options: unknown): string | undefined =>
  isRecord(options) ? /^kind == "(\w+)"$/.exec(textOf(options['filter']) ?? '')?.[1] : undefined
