import type {ImageValue} from 'sanity'

/** Legal, because an archive loses pictures and keeps captions; but somebody should look for it. */
export const figureHasPicture = (value: ImageValue | undefined) =>
  value === undefined ||
  value.asset !== undefined ||
  'The picture itself is missing: upload it, or remove the figure.'
