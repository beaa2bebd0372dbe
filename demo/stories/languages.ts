/** Stories in other scripts: from right to left, and without spaces. */
import {
  byline,
  figure,
  marked,
  paragraphs,
  ref,
  refs,
  type Setting,
  type Story,
  story,
  text,
} from '../parts.ts'

/** In Arabic, with a quotation in English. */
const harbourInArabic = (setting: Setting): Story =>
  story('harbour-in-the-morning', {
    kicker: 'الميناء',
    headline: 'الميناء يستيقظ قبل المدينة',
    standfirst: 'ساعة مع عمال الرصيف قبل شروق الشمس.',
    language: 'ar',
    articleType: 'interview',
    byline: byline('author-leila-haddad'),
    section: ref('topic-harbour'),
    topics: refs('topic-lower-quay', 'topic-ferries'),
    firstPublishedAt: setting.ago(26),
    leadMedia: figure(setting, 'harbour', {
      alt: 'بيوت ملونة وعبّارة صغيرة عند الفجر',
      caption: 'الرصيف السفلي عند الفجر.',
    }),
    body: [
      ...paragraphs('في الخامسة صباحًا لا يُسمع على الرصيف سوى صوت الحبال والماء.'),
      text('العبّارة الجديدة', {style: 'h2'}),
      text([
        'تحمل العبّارة ',
        marked('240 راكبًا', 'strong'),
        ' وتعبر الخليج في 12 دقيقة، كما كُتب على لوحة المواعيد.',
      ]),
      text('“We are always early, even when we are late.”', {style: 'blockquote'}),
      text('تذكرة ورقية أو على الهاتف.', {listItem: 'bullet', level: 1}),
      text('معطف في كل الفصول.', {listItem: 'bullet', level: 1}),
      {
        _type: 'pullQuote',
        text: 'من لا ميناء له لا باب له.',
        speaker: ref('topic-ida-marsh'),
        originalLanguage: 'en',
      },
      ...paragraphs('ثم تشرق الشمس، وتبدأ المدينة يومها.'),
    ],
  })

/** In Japanese, where emphasis is not slanted. */
const nightMarketInJapanese = (setting: Setting): Story =>
  story('night-market-ja', {
    headline: '夜市、百の提灯とともに再開',
    standfirst: '雨の週末のあと、港町の夜市に人が戻った。',
    language: 'ja',
    articleType: 'review',
    byline: byline('author-kenji-mori'),
    section: ref('topic-town'),
    topics: refs('topic-night-market', 'topic-lower-quay'),
    firstPublishedAt: setting.ago(40),
    leadMedia: figure(setting, 'market', {
      alt: '提灯の下に並ぶ屋台',
      caption: '土曜日の夜市。',
    }),
    body: [
      text(['焼き魚の匂いが', marked('波止場', 'em'), 'まで届く。屋台は三十、行列は一つ。']),
      text('何を食べるか', {style: 'h2'}),
      ...paragraphs(
        '一番人気は港の蟹のスープで、午後九時には売り切れる。',
        '店主は「来週は鍋を二つにする」と話した。',
      ),
    ],
  })

export const languages = (setting: Setting): Story[] => [
  harbourInArabic(setting),
  nightMarketInJapanese(setting),
]
