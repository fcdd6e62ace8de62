import { UserError } from '@inlay/engine'

/** The refusal of a request that uses or makes a member's session from a page that is not ours. */
export function crossSite(): UserError {
  return new UserError('denied', 'auth.cross_site', 'Sessions work from pages of the control plane only.', {
    detail: 'Programs call with an API key as a bearer token.',
  })
}
