/** What views say in Arabic. */
import type {Words} from './words.ts'

export const ar: Words = {
  by: 'بقلم',
  updated: 'تم التحديث',
  sources: 'المصادر',
  transcript: 'النص الكامل',
  table: 'جدول',
  video: 'فيديو',
  audio: 'صوت',
  postOn: (network) => `منشور على ${network}`,
  translatedFrom: (language) => `مترجم من ${language}`,
  original: 'الأصل',
  sponsoredBy: (name) => `برعاية ${name}`,
  quotes: ['«', '»'],
  access: {registered: 'للقراء المسجلين', subscriber: 'للمشتركين'},
  kinds: {
    analysis: 'تحليل',
    opinion: 'رأي',
    interview: 'مقابلة',
    review: 'مراجعة',
    explainer: 'شرح',
    satire: 'سخرية',
    sponsored: 'محتوى مدفوع',
  },
  corrections: {
    correction: 'تصويب',
    clarification: 'توضيح',
    update: 'تحديث',
    editorsNote: 'ملاحظة المحرر',
    retraction: 'سحب',
  },
  roles: {
    additionalReporting: 'تقارير إضافية',
    photographer: 'تصوير',
    videographer: 'فيديو',
    illustrator: 'رسوم',
    editor: 'تحرير',
    translator: 'ترجمة',
  },
}
