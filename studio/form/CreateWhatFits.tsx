/** The form: the “Create” button of a reference field. */
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
 * A reference field that accepts one kind of document creates that kind: “Create” in an article’s
 * section field makes a section, not a topic that the field would reject.
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

/** The kind in a field’s filter, when the filter has no other condition. */
const kindOf = (options: unknown): string | undefined =>
  isRecord(options) ? /^kind == "(\w+)"$/.exec(textOf(options['filter']) ?? '')?.[1] : undefined
