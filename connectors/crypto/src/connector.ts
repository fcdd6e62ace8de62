import { defineConnector } from '@inlay/sdk/connector'
import { base64 } from './actions/base64.js'
import { decrypt } from './actions/decrypt.js'
import { encrypt } from './actions/encrypt.js'
import { hash } from './actions/hash.js'
import { hmac } from './actions/hmac.js'
import { random } from './actions/random.js'
import { signJwt } from './actions/sign-jwt.js'
import { verifyJwt } from './actions/verify-jwt.js'
import { auth } from './auth.js'

/** Hashes, signatures, tokens and encryption. */
export const connector = defineConnector({
  id: 'crypto',
  version: '1.0.0',
  name: 'Crypto',
  description: 'Hash, sign, encrypt, and make random values.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="5" y="10.500" width="14" height="9.500" rx="2.500"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500M12 14.500v2"/></svg>',
  color: '#4338ca',
  categories: ['tools'],
  docs: 'Keys are kept in a connection, encrypted, and never in a workflow: make one for each key. Hashes and random values need none.',
  auth,
  connectionOptional: true,
  actions: { hash, hmac, random, base64, signJwt, verifyJwt, encrypt, decrypt },
})
