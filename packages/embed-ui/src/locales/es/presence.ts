import type { PartialMessages } from '../../messages/messages.js'

/** Texts about others who edit the same workflow. */
export const PRESENCE = {
  'presence.label': 'También aquí',
  'presence.edits': '{name} tiene abierto este flujo',
  'presence.views': '{name} está viendo este flujo',
  'presence.more': '+{count}',
  'presence.otherWindow': 'Tú, en otra ventana',
  'presence.member': 'Equipo de {product}',
  'presence.someone': 'Alguien',
  'presence.updated': 'Este flujo se ha cambiado en otro lugar. Ves el estado más reciente.',
  'presence.updatedBy': '{name} ha cambiado este flujo. Ves el estado más reciente.',
} as const satisfies PartialMessages
