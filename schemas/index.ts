/** Every type of the content model. */
import {article} from './documents/article.ts'
import {author} from './documents/author.ts'
import {credit} from './documents/credit.ts'
import {mostRead} from './documents/mostRead.ts'
import {siteSettings} from './documents/siteSettings.ts'
import {topic} from './documents/topic.ts'
import {bylineEntry} from './objects/bylineEntry.ts'
import {correction} from './objects/correction.ts'
import {creditLine} from './objects/creditLine.ts'
import {dateline} from './objects/dateline.ts'
import {externalId} from './objects/externalId.ts'
import {figure} from './objects/figure.ts'
import {mostReadItem} from './objects/mostReadItem.ts'
import {archivedBlock} from './objects/newsBody/archivedBlock.ts'
import {gallery} from './objects/newsBody/gallery.ts'
import {attribution, internalLink, link} from './objects/newsBody/marks.ts'
import {factBox, newsBody} from './objects/newsBody/newsBody.ts'
import {pullQuote, quotation} from './objects/newsBody/quotations.ts'
import {audio, video} from './objects/newsBody/recordings.ts'
import {socialPost} from './objects/newsBody/socialPost.ts'
import {table, tableRow} from './objects/newsBody/table.ts'
import {previousSlug} from './objects/previousSlug.ts'
import {capture, provenance} from './objects/provenance/provenance.ts'
import {residue} from './objects/provenance/residue.ts'
import {proposal, reviewFlag} from './objects/provenance/review.ts'
import {furnitureLine, normalisation, placedLine} from './objects/provenance/sourceLines.ts'
import {rights} from './objects/rights.ts'
import {seo} from './objects/seo.ts'
import {social} from './objects/social.ts'

export const schemaTypes = [
  article,
  author,
  topic,
  credit,
  mostRead,
  siteSettings,

  archivedBlock,
  attribution,
  audio,
  bylineEntry,
  capture,
  correction,
  creditLine,
  dateline,
  externalId,
  factBox,
  figure,
  furnitureLine,
  gallery,
  internalLink,
  link,
  mostReadItem,
  newsBody,
  normalisation,
  placedLine,
  previousSlug,
  proposal,
  provenance,
  pullQuote,
  quotation,
  residue,
  reviewFlag,
  rights,
  seo,
  social,
  socialPost,
  table,
  tableRow,
  video,
]
