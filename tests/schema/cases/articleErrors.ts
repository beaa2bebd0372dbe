import type {Case} from '../case.ts'

const article = {document: 'article-one'}

const line = 'A source line is numbered from 1.'

const related = (...ids: string[]) =>
  ids.map((_ref, index) => ({_key: `r${index}`, _type: 'reference', _ref, _weak: true}))

/** What stops an article in its other groups. */
export const articleErrors: readonly Case[] = [
  {
    ...article,
    set: {updatedAt: '2021-02-14T12:30:59.000Z'},
    at: 'updatedAt',
    says: 'Set a time after first publication, or clear this field.',
  },
  {
    ...article,
    set: {expiresAt: '2021-02-14T12:31:00.000Z'},
    at: 'expiresAt',
    says: 'Set a time after first publication and embargo: otherwise readers never see the story.',
  },
  {
    ...article,
    set: {expiresAt: '2021-02-14T12:45:00.000Z'},
    at: 'expiresAt',
    says: 'Set a time after first publication and embargo: otherwise readers never see the story.',
  },
  {
    ...article,
    set: {'topics[1]._ref': 'topic-section'},
    at: 'topics[_key=="t1"]',
    says: 'This topic is in the list twice: remove one.',
  },
  {
    ...article,
    set: {relatedArticles: related('article-two', 'article-two')},
    at: 'relatedArticles[_key=="r0"]',
    says: 'This article is in the list twice: remove one.',
  },
  {
    ...article,
    set: {relatedArticles: related('a', 'b', 'c', 'd', 'e', 'f', 'g')},
    at: 'relatedArticles',
    says: 'Keep at most six: the most closely related articles.',
  },
  {
    ...article,
    set: {relatedArticles: related('article-one')},
    at: 'relatedArticles',
    says: 'Remove this article from its own related articles.',
  },
  {
    ...article,
    set: {'credits[2].number': 1},
    at: 'credits',
    says: 'Number the sources 1, 2, 3 … without gaps or repeats, or leave the numbers out.',
  },
  {
    ...article,
    set: {'credits[2].number': 3},
    at: 'credits',
    says: 'Number the sources 1, 2, 3 … without gaps or repeats, or leave the numbers out.',
  },
  {
    ...article,
    unset: ['credits[1].credit'],
    at: 'credits[_key=="c2"].credit',
    says: 'Choose the publisher, agency, person or work to credit.',
  },
  {
    ...article,
    unset: ['credits[1].role'],
    at: 'credits[_key=="c2"].role',
    says: 'Choose what this credit is for.',
  },
  {
    ...article,
    set: {'leadMedia.credits[0].number': 1.5},
    at: 'leadMedia.credits[_key=="c1"].number',
    says: 'Number sources with whole numbers: 1, 2, 3 …',
  },
  {
    ...article,
    set: {'corrections[0].kind': 'oops', pubStatus: 'usable'},
    at: 'corrections[_key=="k1"].kind',
    says: 'Choose what kind of correction this is.',
  },
  {
    ...article,
    unset: ['corrections[0].text'],
    at: 'corrections[_key=="k1"].text',
    says: 'Write what was wrong and what is right.',
  },
  {
    ...article,
    unset: ['corrections[0].madeAt'],
    at: 'corrections[_key=="k1"].madeAt',
    says: 'Give the time at which the correction was made.',
  },
  {
    ...article,
    unset: ['corrections[0].show'],
    at: 'corrections[_key=="k1"].show',
    says: 'Choose where readers see this correction.',
  },
  {
    ...article,
    set: {pubStatus: 'cancelled'},
    at: 'pubStatus',
    says: 'Choose OK to publish, On hold or Retracted.',
  },
  {
    ...article,
    set: {'corrections[0].kind': 'correction'},
    at: 'pubStatus',
    says: 'Add a correction of the kind “Retraction” that says why the story was taken back.',
  },
  {
    ...article,
    set: {'seo.canonicalUrl': 'www.example.org'},
    at: 'seo.canonicalUrl',
    says: 'Write the full address of the original story, starting with https://',
  },
  {
    ...article,
    set: {access: 'members'},
    at: 'access',
    says: 'Choose everybody, registered readers or subscribers.',
  },
  {
    ...article,
    set: {workflow: 'printed'},
    at: 'workflow',
    says: 'Choose Draft, Ready, Legal or Done.',
  },
  {
    ...article,
    set: {language: 'en_GB'},
    at: 'language',
    says: 'Write a language code, such as “en”, “en-GB” or “zh-Hant-TW”.',
  },
  {
    ...article,
    unset: ['previousSlugs[0].slug'],
    at: 'previousSlugs[_key=="o1"].slug',
    says: 'A retired web address needs its slug.',
  },
  {
    ...article,
    unset: ['provenance.file'],
    at: 'provenance.file',
    says: 'An imported document names its source file.',
  },
  {
    ...article,
    unset: ['provenance.checksum'],
    at: 'provenance.checksum',
    says: 'An imported document has the checksum of its source file.',
  },
  {
    ...article,
    set: {'provenance.checksum': 'abc123'},
    at: 'provenance.checksum',
    says: 'The checksum is the file’s SHA-256: 64 digits, 0–9 and a–f.',
  },
  {
    ...article,
    set: {'provenance.placed[0].line': 0},
    at: 'provenance.placed[_key=="l4"].line',
    says: line,
  },
  {
    ...article,
    unset: ['provenance.placed[0].field'],
    at: 'provenance.placed[_key=="l4"].field',
    says: 'A placed line names the field that holds it.',
  },
  {
    ...article,
    set: {'provenance.furniture[0].line': 0},
    at: 'provenance.furniture[_key=="l2"].line',
    says: line,
  },
  {
    ...article,
    set: {'provenance.furniture[0].kind': 'sofa'},
    at: 'provenance.furniture[_key=="l2"].kind',
    says: 'Choose one of the listed kinds of furniture.',
  },
  {
    ...article,
    unset: ['provenance.furniture[0].text'],
    at: 'provenance.furniture[_key=="l2"].text',
    says: 'A line of furniture keeps its text.',
  },
  {
    ...article,
    unset: ['provenance.proposals[0].value'],
    at: 'provenance.proposals[_key=="p1"].value',
    says: 'A proposal says what it proposes.',
  },
  {
    ...article,
    unset: ['provenance.proposals[0].evidence'],
    at: 'provenance.proposals[_key=="p1"].evidence',
    says: 'A proposal quotes the words it rests on.',
  },
  {
    ...article,
    unset: ['provenance.proposals[0].field'],
    at: 'provenance.proposals[_key=="p1"].field',
    says: 'A proposal names the field it is for.',
  },
  {
    ...article,
    unset: ['provenance.proposals[0].rule'],
    at: 'provenance.proposals[_key=="p1"].rule',
    says: 'A proposal says why it was made.',
  },
  {
    ...article,
    unset: ['provenance.residue[0].pointer'],
    at: 'provenance.residue[_key=="z1"].pointer',
    says: 'What is left over has a place in the source.',
  },
  {
    ...article,
    unset: ['provenance.residue[0].text'],
    at: 'provenance.residue[_key=="z1"].text',
    says: 'What is left over is quoted.',
  },
  {
    ...article,
    unset: ['provenance.earlierCaptures[0].file'],
    at: 'provenance.earlierCaptures[_key=="c1"].file',
    says: 'A capture names its file.',
  },
  {
    ...article,
    unset: ['provenance.earlierCaptures[0].checksum'],
    at: 'provenance.earlierCaptures[_key=="c1"].checksum',
    says: 'A capture has the checksum of its file.',
  },
  {
    ...article,
    unset: ['provenance.earlierCaptures[0].capturedOn'],
    at: 'provenance.earlierCaptures[_key=="c1"].capturedOn',
    says: 'A capture says on which day it was made.',
  },
  {
    ...article,
    unset: ['provenance.earlierCaptures[0].headline'],
    at: 'provenance.earlierCaptures[_key=="c1"].headline',
    says: 'A capture keeps the headline of its day.',
  },
  {
    ...article,
    unset: ['provenance.normalisations[0].kind'],
    at: 'provenance.normalisations[_key=="n9"].kind',
    says: 'Choose one of the listed normalisations.',
  },
  {
    ...article,
    set: {'provenance.normalisations[0].line': 1.5},
    at: 'provenance.normalisations[_key=="n9"].line',
    says: line,
  },
  {
    ...article,
    unset: ['provenance.reviewFlags[0].message'],
    at: 'provenance.reviewFlags[_key=="r7"].message',
    says: 'A review flag says what to look at.',
  },
  {
    ...article,
    unset: ['provenance.reviewFlags[0].code'],
    at: 'provenance.reviewFlags[_key=="r7"].code',
    says: 'A review flag has a code.',
  },
]
