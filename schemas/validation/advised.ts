/**
 * Asks for a field that may stay empty. `rule.required()` at a level below error would do the same
 * in the form, but the schema extraction would then promise front ends a value.
 */
export const advised = (message: string) =>
  function advised(value: unknown): true | string {
    return (value !== undefined && value !== '') || message
  }
