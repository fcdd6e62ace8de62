import type { PartialMessages } from '../../messages/messages.js'

/** Texts about tests that are kept with a workflow. */
export const TEST = {
  'tests.title': 'Tests',
  'testFiles.file': 'Datei',
  'testFiles.stored': 'Gespeicherte Datei für {name}',
  'testFiles.storedChoose': '… oder eine aus einer früheren Ausführung',
  'testFiles.help': 'Steht in den Daten als {path}.',
  'tests.run': 'Erneut ausführen',
  'tests.running': 'Läuft…',
  'tests.allPassed': {
    one: 'Der Test besteht mit diesem Entwurf',
    other: 'Alle {count} Tests bestehen mit diesem Entwurf',
  },
  'tests.someFailed': { one: '{count} Test findet einen Unterschied', other: '{count} Tests finden Unterschiede' },
  'tests.passed': 'Bestanden',
  'tests.failed': 'Fehlgeschlagen',
  'tests.none': 'Noch nicht gelaufen',
  'tests.accept': 'So ist es richtig: ab jetzt so erwarten',
  'tests.delete': 'Test {name} löschen',
  'tests.invalid': 'Der Entwurf hat ein Problem: {message}',
  'tests.ended': 'Das Ende ist anders als vorher.',
  'tests.broke': 'Fehlgeschlagen: {reason}',
  'tests.brokeAt': 'Fehlgeschlagen bei „{step}“: {reason}',
  'tests.missing': '„{step}“ lief nicht mehr.',
  'tests.unexpected': '„{step}“ lief, vorher aber nicht.',
  'tests.unknown':
    '„{step}“ würde jetzt laufen. Das Ergebnis wurde nie aufgezeichnet: Führen Sie den Workflow aus und speichern Sie diese Ausführung als Test.',
  'tests.output': '„{step}“ ergab {actual} statt {expected}.',
  'tests.save': 'Als Test speichern',
  'tests.saveTitle': 'Diese Ausführung als Test speichern',
  'tests.saveText':
    'Ab jetzt sehen Sie vor dem Veröffentlichen, ob der Workflow mit diesen Daten noch dasselbe tut. Tests senden nichts: Konten und Dienste antworten wie in dieser Ausführung.',
  'tests.saveAction': 'Test speichern',
  'tests.saved': 'Der Test ist gespeichert',
  'tests.savedText': 'Er läuft jedes Mal, bevor Sie veröffentlichen.',
  'tests.name': 'Name',
  'tests.nameHelp': 'Was er zeigt, zum Beispiel „Eine große Bestellung geht an den Vertrieb“.',
} as const satisfies PartialMessages
