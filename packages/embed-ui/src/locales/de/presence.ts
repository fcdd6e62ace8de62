import type { PartialMessages } from '../../messages/messages.js'

/** Texts about others who edit the same workflow. */
export const PRESENCE = {
  'presence.label': 'Auch hier',
  'presence.edits': '{name} hat diesen Workflow geöffnet',
  'presence.views': '{name} sieht sich diesen Workflow an',
  'presence.more': '+{count}',
  'presence.otherWindow': 'Sie, in einem anderen Fenster',
  'presence.member': '{product}-Team',
  'presence.someone': 'Jemand',
  'presence.updated': 'Dieser Workflow wurde anderswo geändert. Sie sehen den neuesten Stand.',
  'presence.updatedBy': '{name} hat diesen Workflow geändert. Sie sehen den neuesten Stand.',
} as const satisfies PartialMessages
