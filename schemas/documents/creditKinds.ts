/** What can be owed a credit. */
export const creditKinds = [
  {title: 'Publisher', plural: 'Publishers', value: 'publisher'},
  {title: 'Agency', plural: 'Agencies', value: 'agency'},
  {title: 'Photographer', plural: 'Photographers', value: 'photographer'},
  {title: 'Work', plural: 'Works', value: 'work'},
  {title: 'Data set', plural: 'Data sets', value: 'dataset'},
  {title: 'Organisation', plural: 'Organisations', value: 'organisation'},
] as const
