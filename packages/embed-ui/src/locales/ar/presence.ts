import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/presence-messages.ts`. */
export const PRESENCE = {
  'presence.label': 'الموجودون هنا أيضًا',
  'presence.edits': 'سير العمل هذا مفتوح لدى {name}',
  'presence.views': '{name} يطّلع على سير العمل هذا',
  'presence.more': '+{count}',
  'presence.otherWindow': 'أنت، في نافذة أخرى',
  'presence.member': 'فريق {product}',
  'presence.someone': 'شخص ما',
  'presence.updated': 'تغيّر سير العمل هذا في مكان آخر. المعروض هو أحدث حالة.',
  'presence.updatedBy': 'غيّر {name} سير العمل هذا. المعروض هو أحدث حالة.',
} as const satisfies PartialMessages
