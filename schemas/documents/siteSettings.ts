/** Schema type of the settings of the publication, such as its name, address and time zone. */
import {CogIcon} from '@sanity/icons/Cog'
import {defineField, defineType} from 'sanity'

import {newsroomTimeZone} from '../newsroomTime.ts'
import {webAddress} from '../validation/addresses.ts'
import {timeZoneExists} from '../validation/dates.ts'
import {languageTag} from '../validation/wording.ts'

/** What the whole publication has in common. There is one such document, with a fixed id. */
export const siteSettings = defineType({
  name: 'siteSettings',
  title: 'Settings',
  type: 'document',
  icon: CogIcon,
  fields: [
    defineField({
      name: 'publicationName',
      title: 'Publication name',
      type: 'string',
      description: 'Exactly as in Google Publisher Center.',
      validation: (rule) => rule.required().error('Write the name of the publication.'),
    }),
    defineField({
      name: 'baseUrl',
      title: 'Address of the site',
      type: 'url',
      description: 'Feeds, sitemaps and canonical links start with this address.',
      validation: (rule) =>
        rule
          .required()
          .uri(webAddress)
          .error('Write the full address of the site, starting with https://'),
    }),
    defineField({
      name: 'language',
      type: 'string',
      initialValue: 'en-GB',
      description: 'Default language, for articles that have none of their own.',
      validation: (rule) => [
        rule.required().error('Choose the language of the publication.'),
        rule.custom(languageTag).error(),
      ],
    }),
    defineField({
      name: 'timeZone',
      title: 'Time zone',
      type: 'string',
      initialValue: newsroomTimeZone,
      description: 'Time zone for dates on the site.',
      validation: (rule) => [
        rule.required().error('Choose the time zone of the newsroom.'),
        rule.custom(timeZoneExists).error(),
      ],
    }),
    defineField({
      name: 'publisher',
      type: 'reference',
      to: [{type: 'credit'}],
      options: {filter: 'kind == "publisher"'},
      description: 'Search engines show this publisher and its logo.',
      validation: (rule) => rule.required().error('Choose the publisher of the site.'),
    }),
  ],
  preview: {select: {title: 'publicationName', subtitle: 'baseUrl'}},
})
