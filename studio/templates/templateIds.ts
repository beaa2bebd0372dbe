/** The ids of templates for new documents. */

/** Of the template for a topic or credit of a kind, such as “topic-section”. */
export const kindTemplateId = (type: string, kind: string): string => `${type}-${kind}`

/** Of the copy of a template that also fills in a name. */
export const namedTemplateId = (id: string): string => `${id}-named`
