/**
 * Addresses that open in a browser. The order matters: options equal to Sanity's own default for
 * `url` fields would leave that default, with its own wording, in every other rule of the field.
 */
export const webAddress = {scheme: ['https', 'http']}
