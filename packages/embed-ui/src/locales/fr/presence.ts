import type { PartialMessages } from '../../messages/messages.js'

/** Texts about others who edit the same workflow. */
export const PRESENCE = {
  'presence.label': 'Aussi présents',
  'presence.edits': '{name} a ouvert ce workflow',
  'presence.views': '{name} consulte ce workflow',
  'presence.more': '+{count}',
  'presence.otherWindow': 'Vous, dans une autre fenêtre',
  'presence.member': 'Équipe {product}',
  'presence.someone': 'Quelqu’un',
  'presence.updated': 'Ce workflow a été modifié ailleurs. Vous voyez l’état le plus récent.',
  'presence.updatedBy': '{name} a modifié ce workflow. Vous voyez l’état le plus récent.',
} as const satisfies PartialMessages
