import type {ReactNode} from 'react'
import {ReferenceInputOptionsProvider, useReferenceInputOptions, useTemplates} from 'sanity'

import {isRecord, textOf} from '../../schemas/untyped.ts'
import {kindTemplateId} from '../templates/kindTemplateId.ts'

interface Props {
  /** The options of the reference field. */
  readonly options: unknown
  readonly children: ReactNode
}

/**
 * A field that holds documents of one kind only creates that kind: “Create” in the section field of
 * an article makes a section, not a topic that the field would refuse.
 */
export const CreateWhatFits = ({options, children}: Props) => {
  const inherited = useReferenceInputOptions()
  const templates = useTemplates()
  const kind = kindOf(options)
  if (kind === undefined) return children

  const items = inherited.initialValueTemplateItems?.map((item) => {
    const template = templates.find(({id}) => id === kindTemplateId(item.schemaType, kind))
    return template ? {...item, id: template.id, title: template.title, template} : item
  })
  return (
    <ReferenceInputOptionsProvider {...inherited} initialValueTemplateItems={items}>
      {children}
    </ReferenceInputOptionsProvider>
  )
}

/** The kind that a field’s filter asks for, where that is all it asks for. */
const kindOf = (options: unknown): string | undefined =>
  isRecord(options) ? /^kind == "(\w+)"$/.exec(textOf(options['filter']) ?? '')?.[1] : undefined
