import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/presence-messages.ts`. */
export const PRESENCE = {
  'presence.label': 'Também aqui',
  'presence.edits': '{name} está com este fluxo aberto',
  'presence.views': '{name} está vendo este fluxo',
  'presence.more': '+{count}',
  'presence.otherWindow': 'Você, em outra janela',
  'presence.member': 'Equipe {product}',
  'presence.someone': 'Alguém',
  'presence.updated': 'Este fluxo foi alterado em outro lugar. Você está vendo o estado mais recente.',
  'presence.updatedBy': '{name} alterou este fluxo. Você está vendo o estado mais recente.',
} as const satisfies PartialMessages
