/** Texts of what the vendor does not offer. */
export const GUARDRAIL_MESSAGES = {
  'guardrails.someHidden': 'Some apps and steps are not offered here. Ask whoever administers this product.',
  'guardrails.stepsFull': {
    one: 'An automation can have one step here, and this one has it. Remove it to add another one.',
    other: 'An automation can have {count} steps here, and this one has them all. Remove one to add another.',
  },
  'guardrails.workflowsFull': {
    one: 'You can have one automation here. Delete it to make another one.',
    other: 'You can have {count} automations here. Delete one to make another.',
  },
  'guardrails.templatesOnly': 'Automations are made of templates here: choose one to begin with.',
} as const
