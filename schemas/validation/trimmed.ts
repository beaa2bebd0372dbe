/** Stray spaces make two equal headlines differ and show in feeds. */
export const trimmed = (value: string | undefined) =>
  value === undefined || value === value.trim() || 'Remove the spaces before or after the text.'
