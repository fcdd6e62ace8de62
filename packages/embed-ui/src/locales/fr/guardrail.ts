import type { PartialMessages } from '../../messages/messages.js'

/** Texts of what the vendor does not offer. */
export const GUARDRAIL = {
  'guardrails.someHidden':
    'Certaines applications et étapes ne sont pas proposées ici. Adressez-vous à l’administrateur de ce produit.',
  'guardrails.stepsFull': {
    one: 'Une automatisation peut avoir une étape ici, et celle-ci l’a déjà. Supprimez-la pour en ajouter une autre.',
    other:
      'Une automatisation peut avoir {count} étapes ici, et celle-ci les a toutes. Supprimez-en une pour en ajouter une autre.',
  },
  'guardrails.workflowsFull': {
    one: 'Vous pouvez avoir une automatisation ici. Supprimez-la pour en créer une autre.',
    other: 'Vous pouvez avoir {count} automatisations ici. Supprimez-en une pour en créer une autre.',
  },
  'guardrails.templatesOnly':
    'Les automatisations se créent ici à partir de modèles : choisissez-en un pour commencer.',
} as const satisfies PartialMessages
