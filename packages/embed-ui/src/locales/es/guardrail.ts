import type { PartialMessages } from '../../messages/messages.js'

/** Texts of what the vendor does not offer. */
export const GUARDRAIL = {
  'guardrails.someHidden':
    'Algunas aplicaciones y pasos no se ofrecen aquí. Pregunte a quien administra este producto.',
  'guardrails.stepsFull': {
    one: 'Aquí una automatización puede tener un paso, y esta ya lo tiene. Quítelo para añadir otro.',
    other: 'Aquí una automatización puede tener {count} pasos, y esta ya los tiene todos. Quite uno para añadir otro.',
  },
  'guardrails.workflowsFull': {
    one: 'Aquí puede tener una automatización. Elimínela para crear otra.',
    other: 'Aquí puede tener {count} automatizaciones. Elimine una para crear otra.',
  },
  'guardrails.templatesOnly': 'Aquí las automatizaciones se crean a partir de plantillas: elija una para empezar.',
} satisfies PartialMessages
