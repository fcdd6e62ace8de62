import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { StepError } from '@inlay/sdk/connector'

const VERSION = 'v1'
const SALT_BYTES = 16
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/**
 * Seals a text with AES-256-GCM under a key that scrypt (N 16384) makes of a secret: `v1.` and Base64url of salt, IV, tag
 * and ciphertext.
 */
export function sealText(text: string, secret: string, context: string): string {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(secret, salt, KEY_BYTES), iv)
  cipher.setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([salt, iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** @throws StepError `validation` when it was not sealed so, was changed, or for another secret or context */
export function unsealText(sealed: string, secret: string, context: string): string {
  const [version, body = ''] = sealed.trim().split('.')
  const bytes = Buffer.from(body, 'base64url')
  if (version !== VERSION || bytes.length < SALT_BYTES + IV_BYTES + TAG_BYTES) throw notSealed()
  const salt = bytes.subarray(0, SALT_BYTES)
  const iv = bytes.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES)
  const tagEnd = SALT_BYTES + IV_BYTES + TAG_BYTES
  const cipher = createDecipheriv('aes-256-gcm', scryptSync(secret, salt, KEY_BYTES), iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(context))
  cipher.setAuthTag(bytes.subarray(SALT_BYTES + IV_BYTES, tagEnd))
  try {
    return Buffer.concat([cipher.update(bytes.subarray(tagEnd)), cipher.final()]).toString('utf8')
  } catch (cause) {
    throw notSealed(cause)
  }
}

function notSealed(cause?: unknown): StepError {
  return new StepError('validation', 'The text cannot be decrypted', {
    detail: 'It was changed, or encrypted with another key or context.',
    cause,
  })
}
