/** The longest headline an article may have; the rule of the same length is in the schema. */
export const HEADLINE_MAX = 150
