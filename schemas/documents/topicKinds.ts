/** What a topic can be. Sections carry the navigation. */
export const topicKinds = [
  {title: 'Section', plural: 'Sections', value: 'section'},
  {title: 'Subject', plural: 'Subjects', value: 'subject'},
  {title: 'Person', plural: 'People', value: 'person'},
  {title: 'Organisation', plural: 'Organisations', value: 'organisation'},
  {title: 'Place', plural: 'Places', value: 'place'},
  {title: 'Event', plural: 'Events', value: 'event'},
  {title: 'Product', plural: 'Products', value: 'product'},
  {title: 'Channel', plural: 'Channels', value: 'channel'},
] as const
