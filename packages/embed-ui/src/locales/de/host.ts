import type { PartialMessages } from '../../messages/messages.js'

/** Texts of the widget around the builder: sign-in and the list of workflows. */
export const HOST = {
  'session.failed': 'Die Automatisierungen konnten nicht geöffnet werden',
  'session.expired': 'Die Sitzung ist beendet',
  'session.expiredText': 'Verbinden Sie sich neu, um weiterzumachen. Ihre Änderungen bleiben so lange erhalten.',
  'session.reconnect': 'Neu verbinden',
  'widget.crashed': 'Hier ist etwas schiefgelaufen',
  'widget.crashedText':
    'Gespeichertes ist sicher. Versuchen Sie es erneut; passiert es wieder, sagen Sie dem Support, was Sie zuletzt getan haben.',
  'workflows.title': 'Automatisierungen',
  'workflows.text': 'Lassen Sie Dinge von selbst geschehen, wenn anderswo etwas passiert.',
  'workflows.create': 'Neue Automatisierung',
  'workflows.createAction': 'Erstellen',
  'workflows.name': 'Name',
  'workflows.nameHelp': 'Zum Beispiel „Große Bestellungen in den Vertriebschat“.',
  'workflows.lastRun': 'Letzte Ausführung',
  'workflows.updated': 'Geändert',
  'workflows.on': 'An',
  'workflows.draft': 'Entwurf',
  'workflows.delete': '„{name}“ löschen',
  'workflows.deleteTitle': '„{name}“ löschen?',
  'workflows.deleteText':
    'Die Automatisierung endet sofort, laufende Ausführungen werden abgebrochen. Das lässt sich nicht rückgängig machen. Frühere Ausführungen bleiben einsehbar.',
  'workflows.deleted': '„{name}“ wurde gelöscht.',
  'workflows.empty': 'Noch keine Automatisierungen',
  'workflows.emptyText':
    'Eine Automatisierung beginnt mit einem Auslöser, etwa einem Webhook oder einer Uhrzeit, und führt dann Schritte aus.',
} as const satisfies PartialMessages
