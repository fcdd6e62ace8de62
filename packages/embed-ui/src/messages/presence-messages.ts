/** Texts about others who edit the same workflow. */
export const PRESENCE_MESSAGES = {
  'presence.label': 'Also here',
  'presence.edits': '{name} has this workflow open',
  'presence.views': '{name} is looking at this workflow',
  'presence.more': '+{count}',
  'presence.otherWindow': 'You, in another window',
  'presence.member': '{product} team',
  'presence.someone': 'Somebody',
  'presence.updated': 'This workflow was changed elsewhere. You see the newest state.',
  'presence.updatedBy': '{name} changed this workflow. You see the newest state.',
} as const
