import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'ファイルを選択…',
  'file.replace': '置き換える…',
  'file.remove': '{name} を削除',
  'file.drop': 'ここにドロップ',
  'file.dropNow': '離すとアップロード',
  'file.limit': '{limit} まで',
  'file.none': 'ファイルは選択されていません',
  'file.uploading': '{name} をアップロードしています',
  'file.chosen': '{name} を選択しました',
  'file.tooLarge': 'ファイルが大きすぎます。{limit} までにしてください。',
  'file.refused': 'ファイルはアップロードされませんでした。{reason}',
  'file.onlyOne': 'ファイルは一つずつ選択してください。',
  'issue.fileGone': '「{name}」は削除されたか、別の人のものです。ファイルを選び直してください。',
  'file.fromStep': '…または前のステップのファイル',
  'file.forTest': 'このテストで使うファイル: {name}',
  'file.forTestHelp': 'テストの間だけこの項目のデータの代わりになります。自動化は変わりません。',
} satisfies PartialMessages
