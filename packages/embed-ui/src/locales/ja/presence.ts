import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/presence-messages.ts`. */
export const PRESENCE = {
  'presence.label': 'ほかの参加者',
  'presence.edits': '{name} さんがこのワークフローを開いています',
  'presence.views': '{name} さんがこのワークフローを見ています',
  'presence.more': '+{count}',
  'presence.otherWindow': 'あなた(別のウィンドウ)',
  'presence.member': '{product} チーム',
  'presence.someone': '誰か',
  'presence.updated': 'このワークフローはほかで変更されました。最新の状態を表示しています。',
  'presence.updatedBy': '{name} さんがこのワークフローを変更しました。最新の状態を表示しています。',
} as const satisfies PartialMessages
