/** Changes that look like mistakes but are correct: the schema reports nothing. */
export const soundChanges = [
  {why: 'an initialism may end a headline', document: 'article-one', set: {headline: 'The U.S.'}},
  {why: 'so may an ellipsis', document: 'article-one', set: {headline: 'And then…'}},
  {
    why: 'an article may take back an address of its own',
    document: 'article-one',
    set: {slug: {_type: 'slug', current: 'firms-talk'}},
  },
  {
    why: 'its draft has the same address as itself',
    document: 'article-one',
    set: {_id: 'drafts.article-one'},
  },
  {
    why: 'and so has its version in a release',
    document: 'article-one',
    set: {_id: 'versions.rSpring.article-one'},
  },
  {
    why: 'publishing fills in the time of first publication and the web address',
    document: 'article-one',
    set: {_id: 'drafts.article-one'},
    unset: ['firstPublishedAt', 'slug'],
  },
  {
    why: 'and so does a release',
    document: 'article-one',
    set: {_id: 'versions.rSpring.article-one'},
    unset: ['firstPublishedAt'],
  },
  {
    why: 'a work credits its publisher',
    document: 'article-one',
    unset: ['credits[_key=="c1"]'],
    set: {'credits[_key=="c3"].number': 1},
  },
  {why: 'nobody else needs a sponsor', document: 'article-two', set: {articleType: 'news'}},
  {
    why: 'a decorative picture needs no words',
    document: 'article-one',
    unset: ['leadMedia.alt'],
    set: {'leadMedia.decorative': true},
  },
  {
    why: 'numbers are optional',
    document: 'article-one',
    unset: ['credits[0].number', 'credits[2].number'],
  },
  {
    why: 'an edited annotation is not a change of text',
    document: 'article-one',
    set: {'body[0].style': 'blockquote'},
  },
  {why: 'a merged topic gives up its ids', document: 'topic-place', set: {externalIds: []}},
  {why: 'universal time is a zone', document: 'siteSettings', set: {timeZone: 'UTC'}},
  {why: 'a script is part of a language', document: 'siteSettings', set: {language: 'zh-Hant-TW'}},
  {
    why: 'a post link is an address',
    document: 'article-one',
    set: {'body[_key=="p4"].markDefs[0].href': 'mailto:desk@example.org'},
  },
  {
    why: 'a release may change an address that it keeps',
    document: 'article-one',
    set: {
      _id: 'versions.rSpring.article-one',
      'slug.current': 'a-new-address',
      'previousSlugs[0].slug': 'two-firms-share-a-launch-site',
    },
  },
]
