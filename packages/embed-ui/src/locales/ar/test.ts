import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/test-messages.ts`. */
export const TEST = {
  'tests.title': 'الاختبارات',
  'tests.run': 'إعادة التشغيل',
  'tests.running': 'جارٍ التشغيل…',
  'tests.allPassed': {
    one: 'نجح الاختبار مع هذه المسودة',
    two: 'نجح الاختباران مع هذه المسودة',
    few: 'نجحت كل الاختبارات ({count}) مع هذه المسودة',
    many: 'نجحت كل الاختبارات ({count}) مع هذه المسودة',
    other: 'نجحت كل الاختبارات ({count}) مع هذه المسودة',
  },
  'tests.someFailed': {
    one: 'اختبار واحد وجد اختلافًا',
    two: 'اختباران وجدا اختلافات',
    few: '{count} اختبارات وجدت اختلافات',
    many: '{count} اختبارًا وجدت اختلافات',
    other: '{count} اختبار وجدت اختلافات',
  },
  'tests.passed': 'ناجح',
  'tests.failed': 'فاشل',
  'tests.none': 'لم يُشغَّل بعد',
  'tests.accept': 'هذا صحيح: توقّعه من الآن فصاعدًا',
  'tests.delete': 'حذف الاختبار {name}',
  'tests.invalid': 'في المسودة مشكلة: {message}',
  'tests.ended': 'انتهى بطريقة مختلفة عن السابق.',
  'tests.broke': 'فشل: {reason}',
  'tests.brokeAt': 'فشل عند «{step}»: {reason}',
  'tests.missing': 'لم تعد «{step}» تُنفَّذ.',
  'tests.unexpected': 'نُفِّذت «{step}» ولم تكن تُنفَّذ من قبل.',
  'tests.unknown': 'ستُنفَّذ «{step}» الآن. لم يُسجَّل ناتجها من قبل: يجب تشغيل سير العمل وحفظ ذلك التشغيل كاختبار.',
  'tests.output': 'أعطت «{step}» القيمة {actual} بدل {expected}.',
  'tests.save': 'حفظ كاختبار',
  'tests.saveTitle': 'حفظ هذا التشغيل كاختبار',
  'tests.saveText':
    'من الآن فصاعدًا يظهر قبل النشر ما إذا كان سير العمل لا يزال يعطي النتيجة نفسها بهذه البيانات. لا ترسل الاختبارات شيئًا: ترد الحسابات والخدمات كما في هذا التشغيل.',
  'tests.saveAction': 'حفظ الاختبار',
  'tests.saved': 'حُفظ الاختبار',
  'tests.savedText': 'يُشغَّل في كل مرة قبل النشر.',
  'tests.name': 'الاسم',
  'tests.nameHelp': 'ما يوضحه، مثل «الطلب الكبير يصل إلى فريق المبيعات».',
} as const satisfies PartialMessages
