import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/host-messages.ts`. */
export const HOST = {
  'session.failed': 'تعذر فتح الأتمتة',
  'session.expired': 'انتهت الجلسة',
  'session.expiredText': 'أعد الاتصال للمتابعة. تبقى التغييرات هنا محفوظة في هذه الأثناء.',
  'session.reconnect': 'إعادة الاتصال',
  'widget.crashed': 'حدث خطأ هنا',
  'widget.crashedText': 'ما حُفظ في أمان. يمكن المحاولة مرة أخرى؛ وإذا تكرر الخطأ، فأخبر الدعم بآخر ما فعلته.',
  'workflows.title': 'الأتمتة',
  'workflows.text': 'أشياء تحدث تلقائيًا عندما يحدث شيء ما في مكان آخر.',
  'workflows.create': 'أتمتة جديدة',
  'workflows.createAction': 'إنشاء',
  'workflows.name': 'الاسم',
  'workflows.nameHelp': 'مثال: «الطلبات الكبيرة إلى محادثة المبيعات».',
  'workflows.lastRun': 'آخر تشغيل',
  'workflows.updated': 'آخر تغيير',
  'workflows.on': 'مفعّلة',
  'workflows.draft': 'مسودة',
  'workflows.delete': 'حذف {name}',
  'workflows.deleteTitle': 'هل تريد حذف {name}؟',
  'workflows.deleteText':
    'تتوقف الأتمتة فورًا وتُلغى عمليات تشغيلها الجارية. لا يمكن التراجع عن ذلك. تبقى عمليات التشغيل السابقة متاحة للاطلاع.',
  'workflows.deleted': 'تم حذف {name}.',
  'workflows.empty': 'لا أتمتة بعد',
  'workflows.emptyText': 'تبدأ الأتمتة بمشغّل، مثل Webhook أو موعد، ثم تنفّذ الخطوات.',
} as const satisfies PartialMessages
