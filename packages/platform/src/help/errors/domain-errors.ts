import type { ErrorArea } from './error-help.js'

/** Of tenants' own domains. */
export const DOMAIN_ERRORS = {
  'domain.not_found': {
    status: [404],
    what: 'There is no such domain.',
    why: 'Its id is unknown here, or it was removed.',
    fix: 'List your domains, and take the id from there.',
  },
  'domain.invalid': {
    status: [400],
    what: 'The name cannot be a domain of yours.',
    why: 'It is an address or more than a name, it is one under which others register theirs, or it belongs to the deployment; `detail` says which.',
    fix: 'Send the name of a host below a domain that you have registered, such as `automations.acme.com`.',
  },
  'domain.exists': {
    status: [409],
    what: 'You have added this domain before.',
    why: 'Each name stands in your list once.',
    fix: 'Go on with the one that is there; its records are those that it needs.',
  },
  'domain.too_many': {
    status: [422],
    what: 'You have as many domains as there may be.',
    why: 'Each is looked at every day.',
    fix: 'Remove one that you do not use.',
  },
  'domain.taken': {
    status: [409],
    what: 'The domain is in use elsewhere in this deployment.',
    why: 'Somebody else has it, and its DNS still holds the record that proves it theirs.',
    fix: 'Remove their TXT record from the DNS of the domain, then verify again. The record shown with your own claim has to stay.',
  },
  'domain.other_tenant': {
    status: [403],
    what: 'These credentials are not for this domain.',
    why: 'At a tenant’s own domain only that tenant’s keys and sessions count.',
    fix: 'Call the domain of the tenant that the key belongs to, or the address of the control plane.',
  },
  'domain.unknown': {
    status: [421],
    what: 'Nothing is set up for this host.',
    why: 'The `Host` of the request is neither an address of the deployment nor a verified domain.',
    fix: 'Verify the domain first. Proxies in front have to pass on the `Host` that was called; further names of the operator’s stand in `OTHER_HOSTS`.',
  },
} as const satisfies ErrorArea
