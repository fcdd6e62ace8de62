import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'اختيار ملف…',
  'file.replace': 'استبدال…',
  'file.remove': 'إزالة {name}',
  'file.drop': 'أفلت ملفًا هنا',
  'file.dropNow': 'أفلت الملف لرفعه',
  'file.limit': 'حتى {limit}',
  'file.none': 'لم يُختر أي ملف',
  'file.uploading': 'يجري رفع {name}',
  'file.chosen': 'تم اختيار {name}',
  'file.tooLarge': 'هذا الملف كبير جدًا: {limit} على الأكثر.',
  'file.refused': 'لم يُرفع الملف. {reason}',
  'file.onlyOne': 'يُرجى اختيار ملف واحد في كل مرة.',
  'issue.fileGone': '«{name}»: أُزيل هذا الملف أو أنه يخص جهة أخرى. يُرجى اختيار الملف من جديد.',
  'file.fromStep': '…أو ملف من خطوة سابقة',
  'file.forTest': 'ملف لهذا الاختبار: {name}',
  'file.forTestHelp': 'يحل محل بيانات الحقل أثناء الاختبار. وتبقى الأتمتة نفسها كما هي.',
} satisfies PartialMessages
