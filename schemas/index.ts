/** Every type of the content model, one file each. */
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
import {attribution} from './objects/newsBody/attribution.ts'
import {audio} from './objects/newsBody/audio.ts'
import {factBox} from './objects/newsBody/factBox.ts'
import {internalLink} from './objects/newsBody/internalLink.ts'
import {link} from './objects/newsBody/link.ts'
import {newsBody} from './objects/newsBody/newsBody.ts'
import {pullQuote} from './objects/newsBody/pullQuote.ts'
import {quotation} from './objects/newsBody/quotation.ts'
import {socialPost} from './objects/newsBody/socialPost.ts'
import {video} from './objects/newsBody/video.ts'
import {previousSlug} from './objects/previousSlug.ts'
import {capture} from './objects/provenance/capture.ts'
import {furnitureLine} from './objects/provenance/furnitureLine.ts'
import {normalisation} from './objects/provenance/normalisation.ts'
import {placedLine} from './objects/provenance/placedLine.ts'
import {proposal} from './objects/provenance/proposal.ts'
import {provenance} from './objects/provenance/provenance.ts'
import {reviewFlag} from './objects/provenance/reviewFlag.ts'
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
  reviewFlag,
  rights,
  seo,
  social,
  socialPost,
  video,
]
