/** A field that two schema types use, author and topic: the slug made from the name. */
import {defineField} from 'sanity'

import {slugFormat, slugIsFree} from '../validation/addresses.ts'
import {webAddressOf} from '../webAddress.ts'

/**
 * The web address of an author or a topic, which both have pages of their own. A new object each
 * time: what two types share by identity, the extracted schema makes a type of its own.
 */
export const slugFromName = () =>
  defineField({
    name: 'slug',
    title: 'Web address',
    type: 'slug',
    // Uniqueness is the rule slugIsFree, which can say who holds the address.
    options: {source: 'name', slugify: webAddressOf, isUnique: () => true},
    validation: (rule) => [
      rule.required().error('Generate the web address from the name, or write one.'),
      rule.custom(slugFormat).error(),
      rule.custom(slugIsFree).error(),
    ],
  })
