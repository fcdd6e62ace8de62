import type { PartialMessages } from '../../messages/messages.js'

/** Texts of what the vendor does not offer. */
export const GUARDRAIL = {
  'guardrails.someHidden':
    'Einige Apps und Schritte werden hier nicht angeboten. Fragen Sie die Administratoren dieses Produkts.',
  'guardrails.stepsFull': {
    one: 'Eine Automatisierung kann hier einen Schritt haben, und diese hat ihn schon. Entfernen Sie ihn, um einen anderen hinzuzufügen.',
    other:
      'Eine Automatisierung kann hier {count} Schritte haben, und diese hat sie alle. Entfernen Sie einen, um einen anderen hinzuzufügen.',
  },
  'guardrails.workflowsFull': {
    one: 'Sie können hier eine Automatisierung haben. Löschen Sie sie, um eine andere zu erstellen.',
    other: 'Sie können hier {count} Automatisierungen haben. Löschen Sie eine, um eine andere zu erstellen.',
  },
  'guardrails.templatesOnly': 'Automatisierungen entstehen hier aus Vorlagen: Wählen Sie eine aus, um zu beginnen.',
} as const satisfies PartialMessages
