import { UserError } from '@inlay/engine'

/** A customer has as many workflows as it may have. */
export function tooManyWorkflows(limit: number): UserError {
  const many = limit === 1 ? 'one automation' : `${limit} automations`
  return new UserError('conflict', 'workflow.limit_reached', `There can be ${many} here, and no more.`, {
    detail: 'Delete one that is not needed, or ask whoever administers this product for more.',
    data: { limit },
  })
}

/** Workflows are made of templates only. */
export function onlyTemplates(): UserError {
  return new UserError('denied', 'workflow.templates_only', 'Automations are made of templates here.', {
    detail: 'Choose a template to begin with.',
  })
}
