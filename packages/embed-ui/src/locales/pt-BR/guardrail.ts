import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/guardrail-messages.ts`. */
export const GUARDRAIL = {
  'guardrails.someHidden': 'Alguns apps e etapas não são oferecidos aqui. Fale com quem administra este produto.',
  'guardrails.stepsFull': {
    one: 'Aqui uma automação pode ter uma etapa, e esta já tem. Remova-a para adicionar outra.',
    other: 'Aqui uma automação pode ter {count} etapas, e esta já tem todas. Remova uma para adicionar outra.',
  },
  'guardrails.workflowsFull': {
    one: 'Aqui você pode ter uma automação. Exclua-a para criar outra.',
    other: 'Aqui você pode ter {count} automações. Exclua uma para criar outra.',
  },
  'guardrails.templatesOnly': 'Aqui as automações são criadas a partir de modelos: escolha um para começar.',
} as const satisfies PartialMessages
