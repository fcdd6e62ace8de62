import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'Datei wählen …',
  'file.replace': 'Ersetzen …',
  'file.remove': '{name} entfernen',
  'file.drop': 'Datei hier ablegen',
  'file.dropNow': 'Loslassen, um die Datei hochzuladen',
  'file.limit': 'Bis zu {limit}',
  'file.none': 'Keine Datei gewählt',
  'file.uploading': '{name} wird hochgeladen',
  'file.chosen': '{name} ist gewählt',
  'file.tooLarge': 'Diese Datei ist zu groß: höchstens {limit}.',
  'file.refused': 'Die Datei wurde nicht hochgeladen. {reason}',
  'file.onlyOne': 'Wählen Sie eine Datei nach der anderen.',
  'issue.fileGone': '„{name}“ wurde entfernt oder gehört jemand anderem. Wählen Sie die Datei erneut.',
  'file.fromStep': '… oder eine Datei aus einem früheren Schritt',
  'file.forTest': 'Datei für diesen Test: {name}',
  'file.forTestHelp': 'Steht beim Testen anstelle der Daten des Felds. Die Automatisierung selbst bleibt, wie sie ist.',
} satisfies PartialMessages
