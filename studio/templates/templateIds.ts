/** The ids of templates for new documents. */

/** Of the template for a topic or credit of a kind, such as “topic-section”. */
export const kindTemplateId = (type: string, kind: string): string => `${type}-${kind}`

/** Of the template that is the same as another and fills in a name. */
export const namedTemplateId = (id: string): string => `${id}-named`
