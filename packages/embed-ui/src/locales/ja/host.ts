import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/host-messages.ts`. */
export const HOST = {
  'session.failed': '自動化を開けませんでした',
  'session.expired': 'セッションが終了しました',
  'session.expiredText': '続けるには再接続してください。ここでの変更は保持されています。',
  'session.reconnect': '再接続',
  'widget.crashed': '問題が発生しました',
  'widget.crashedText':
    '保存済みの内容は安全です。もう一度お試しください。繰り返し発生する場合は、直前の操作をサポートにお知らせください。',
  'workflows.title': '自動化',
  'workflows.text': '何かが起こったときに、処理が自動で行われるようにします。',
  'workflows.create': '自動化を作成',
  'workflows.createAction': '作成',
  'workflows.name': '名前',
  'workflows.nameHelp': '例:「大口注文を営業チャットに通知」',
  'workflows.lastRun': '前回の実行',
  'workflows.updated': '更新',
  'workflows.on': 'オン',
  'workflows.draft': '下書き',
  'workflows.delete': '「{name}」を削除',
  'workflows.deleteTitle': '「{name}」を削除しますか?',
  'workflows.deleteText':
    'すぐに停止し、実行中の処理はキャンセルされます。この操作は取り消せません。過去の実行は引き続き確認できます。',
  'workflows.deleted': '「{name}」を削除しました。',
  'workflows.empty': '自動化はまだありません',
  'workflows.emptyText': '自動化は、Webhook や時刻などのトリガーで始まり、ステップを順に実行します。',
} as const satisfies PartialMessages
