/** The id of the template for a topic or credit of a kind, such as “topic-section”. */
export const kindTemplateId = (type: string, kind: string): string => `${type}-${kind}`
