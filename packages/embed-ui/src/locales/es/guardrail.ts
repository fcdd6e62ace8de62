import type { PartialMessages } from '../../messages/messages.js'

/** Texts of what the vendor does not offer. */
export const GUARDRAIL = {
  'guardrails.someHidden':
    'Algunas aplicaciones y pasos no se ofrecen aquí. Pregunta a quien administra este producto.',
  'guardrails.stepsFull': {
    one: 'Aquí una automatización puede tener un paso, y esta ya lo tiene. Quítalo para añadir otro.',
    other: 'Aquí una automatización puede tener {count} pasos, y esta ya los tiene todos. Quita uno para añadir otro.',
  },
  'guardrails.workflowsFull': {
    one: 'Aquí puedes tener una automatización. Elimínala para crear otra.',
    other: 'Aquí puedes tener {count} automatizaciones. Elimina una para crear otra.',
  },
  'guardrails.templatesOnly': 'Aquí las automatizaciones se crean a partir de plantillas: elige una para empezar.',
} as const satisfies PartialMessages
