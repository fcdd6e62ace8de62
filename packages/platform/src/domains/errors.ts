import { UserError } from '@inlay/engine'

export function domainNotFound(id: string): UserError {
  return new UserError('not_found', 'domain.not_found', `There is no domain ${id}.`)
}

/** @param reason and what to do, as sentences */
export function domainInvalid(name: string, { reason, fix }: { reason: string; fix: string }): UserError {
  return new UserError('invalid', 'domain.invalid', `"${name.slice(0, 100)}" cannot be a domain of yours.`, {
    detail: `${reason} ${fix}`,
  })
}

export function domainExists(name: string): UserError {
  return new UserError('conflict', 'domain.exists', `You have added ${name} before.`)
}

export function domainTaken(name: string): UserError {
  return new UserError('conflict', 'domain.taken', `${name} is in use elsewhere in this deployment.`, {
    detail: 'Remove the TXT record of whoever has it from your DNS, or have them remove the domain. Then verify again.',
  })
}

export function tooManyDomains(most: number): UserError {
  return new UserError('unprocessable', 'domain.too_many', `You have ${most} domains, which is the most.`, {
    detail: 'Remove one that you do not use.',
  })
}

/** The refusal for credentials that are somebody else's than the domain at which they were sent. */
export function otherTenantsDomain(name: string): UserError {
  return new UserError('denied', 'domain.other_tenant', `These credentials are not for ${name}.`, {
    detail: 'They belong to another tenant. Call its own domain, or the address of the control plane.',
  })
}
