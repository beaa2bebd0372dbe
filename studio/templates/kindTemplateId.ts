/** The template that begins a topic or a credit of a kind, such as “topic-section”. */
export const kindTemplateId = (type: string, kind: string): string => `${type}-${kind}`
