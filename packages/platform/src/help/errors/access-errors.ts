import type { ErrorArea } from './error-help.js'

/** Of who calls, and of whom is called for: credentials, tenants, members, customers. */
export const ACCESS_ERRORS = {
  'auth.required': {
    status: [401],
    what: 'This needs valid credentials.',
    why: 'None were sent, or the API key or session is unknown, has expired or was revoked.',
    fix: 'Send an API key as `Authorization: Bearer …`. A widget asks your page for a new embed token by `getToken`.',
  },
  'auth.denied': {
    status: [403],
    what: 'You may not do this.',
    why: 'The API key lacks the scope, or the role of the member or end user does not include the permission that `detail` names.',
    fix: 'Use a key with that scope, or sign the embed token with a role that may do it.',
  },
  'auth.cross_site': {
    status: [403],
    what: 'Sessions work from pages of the control plane only.',
    why: 'A request came with a session cookie from a page elsewhere, or did not say from where.',
    fix: 'Programs call with an API key as a bearer token; pages of yours use an embed session.',
  },
  'auth.invalid_credentials': {
    status: [401],
    what: 'The e-mail address or the password is not right.',
    why: 'Which of the two is not said, so that nobody learns who has an account.',
    fix: 'Type both again. An administrator of your team can set a new password.',
  },
  'auth.too_many_attempts': {
    status: [429],
    what: 'There were too many attempts to sign in.',
    why: 'Guessing of passwords is bounded per account and per address.',
    fix: 'Wait as long as `detail` says. A right password is refused too until then.',
  },
  'embed.token_invalid': {
    status: [401],
    what: 'The embed token is not valid.',
    why: 'It must be signed with a living signing key of the tenant, by that key’s algorithm, name the control plane’s own address as `aud`, and live for five minutes at most.',
    fix: 'Sign it with `signEmbedToken` of the SDK; compare `aud` with the address of the control plane, the key id with the list of signing keys, and the clock of your server with the time.',
  },
  'embed.token_used': {
    status: [401],
    what: 'This embed token was used before.',
    why: 'A token is exchanged for a session once; `jti` was seen already. A cache may have kept your answer.',
    fix: 'Sign a new token for each call of `getToken`, and send it with `cache-control: no-store`.',
  },
  'embed.origin_denied': {
    status: [403],
    what: 'Pages of this origin may not show the widget.',
    why: 'The origin of the page is not among the allowed origins, or the token names others.',
    fix: 'Add the origin, scheme and port included, to the allowed origins in the settings.',
  },
  'api_key.not_found': {
    status: [404],
    what: 'There is no such API key.',
    why: 'It was revoked, or the id is another tenant’s.',
    fix: 'List the API keys and use an id of that list.',
  },
  'signing_key.not_found': {
    status: [404],
    what: 'There is no such signing key.',
    why: 'It was revoked, or the id is another tenant’s.',
    fix: 'List the signing keys and use an id of that list.',
  },
  'signing_key.invalid': {
    status: [400],
    what: 'The public key cannot be used.',
    why: 'It is no public key in PEM form, of another kind than the algorithm, or too short. Private keys are never accepted.',
    fix: 'Send the public half in PEM (`-----BEGIN PUBLIC KEY-----`): Ed25519 for EdDSA, RSA with 2048 bits or more for RS256.',
  },
  'member.not_found': {
    status: [404],
    what: 'There is no such member.',
    why: 'The member was removed, or the id is another tenant’s.',
    fix: 'List the members and use an id of that list.',
  },
  'tenant.not_found': {
    status: [404],
    what: 'There is no such tenant.',
    why: 'It was removed while the request was under way.',
    fix: 'Check which deployment the credentials belong to.',
  },
  'tenant.slug_taken': {
    status: [409],
    what: 'The short name is taken.',
    why: 'Short names are unique in a deployment.',
    fix: 'Choose another one.',
  },
  'customer.exists': {
    status: [409],
    what: 'There is already a customer with this external id.',
    why: 'External ids are unique within a tenant. Embed tokens create customers by themselves.',
    fix: 'Find the customer by its external id, and change that one.',
  },
  'customer.not_found': {
    status: [404],
    what: 'There is no such customer.',
    why: 'It was deleted, the id is another tenant’s, or it is the external id where the id (`cus_…`) is asked for.',
    fix: 'List the customers, and use the `id` of the entry with your `externalId`.',
  },
  'key.none': {
    status: [404],
    what: 'There is no data key to rotate.',
    why: 'The customer does not exist, or has no secrets yet.',
    fix: 'Nothing is to be done: a key is made with the first secret.',
  },
  'key.recently_rotated': {
    status: [409],
    what: 'The data key was rotated a moment ago.',
    why: 'The former key is kept for a while for those who still read with it.',
    fix: 'Try again after the time that `detail` names.',
  },
} as const satisfies ErrorArea
