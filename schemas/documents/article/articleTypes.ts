/** What a story is, for labels, structured data and templates. News is what a new one is. */
export const articleTypes = [
  {title: 'News', value: 'news'},
  {title: 'Analysis', value: 'analysis'},
  {title: 'Opinion', value: 'opinion'},
  {title: 'Interview', value: 'interview'},
  {title: 'Review', value: 'review'},
  {title: 'Explainer', value: 'explainer'},
  {title: 'Satire', value: 'satire'},
  {title: 'Sponsored', value: 'sponsored'},
] as const
