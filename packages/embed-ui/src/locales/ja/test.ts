import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/test-messages.ts`. */
export const TEST = {
  'tests.title': 'テスト',
  'testFiles.file': 'ファイル',
  'testFiles.stored': '{name} に使う保存済みファイル',
  'testFiles.storedChoose': '…または以前の実行のファイル',
  'testFiles.help': 'データの {path} に入ります。',
  'tests.run': 'もう一度実行',
  'tests.running': '実行中…',
  'tests.allPassed': { other: 'この下書きで {count} 件のテストがすべて成功します' },
  'tests.someFailed': { other: '{count} 件のテストで違いが見つかりました' },
  'tests.passed': '成功',
  'tests.failed': '失敗',
  'tests.none': '未実行',
  'tests.accept': '正しい結果として今後の基準にする',
  'tests.delete': 'テスト「{name}」を削除',
  'tests.invalid': '下書きに問題があります: {message}',
  'tests.ended': '以前と違う終わり方をしました。',
  'tests.broke': '失敗しました: {reason}',
  'tests.brokeAt': '「{step}」で失敗しました: {reason}',
  'tests.missing': '「{step}」が実行されなくなりました。',
  'tests.unexpected': '以前は実行されなかった「{step}」が実行されました。',
  'tests.unknown':
    '「{step}」が実行されるようになりましたが、結果の記録がありません。ワークフローを実行し、その実行をテストとして保存してください。',
  'tests.output': '「{step}」の結果が {expected} ではなく {actual} になりました。',
  'tests.save': 'テストとして保存',
  'tests.saveTitle': 'この実行をテストとして保存',
  'tests.saveText':
    'このデータで今までと同じ動作をするかどうかを、公開前に確認できるようになります。テストでは何も送信されず、アカウントとサービスはこの実行と同じように応答します。',
  'tests.saveAction': 'テストを保存',
  'tests.saved': 'テストを保存しました',
  'tests.savedText': '公開の前に毎回実行されます。',
  'tests.name': '名前',
  'tests.nameHelp': '確認する内容。例:「大口注文が営業チームに届く」',
} as const satisfies PartialMessages
