import {DoubleQuoteIcon} from '@sanity/icons/DoubleQuote'
import {defineType} from 'sanity'

import {quoteFields} from './quoteFields.ts'

/** Somebody's own words in the running text. Never corrected, not even by the checks below. */
export const quotation = defineType({
  name: 'quotation',
  title: 'Quotation',
  type: 'object',
  icon: DoubleQuoteIcon,
  fields: quoteFields,
})
