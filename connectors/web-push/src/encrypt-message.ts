import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { StepError } from '@inlay/sdk/connector'

/** The keys that a browser gives with its subscription, as base64url. */
export interface SubscriptionKeys {
  readonly p256dh: string
  readonly auth: string
}

/** What is random in an encryption; given by tests alone. */
export interface EncryptionSecrets {
  readonly privateKey?: Uint8Array
  readonly salt?: Uint8Array
}

/** The most that fits into one message, in bytes (RFC 8291 section 4). */
export const MAX_MESSAGE_BYTES = 3993

const RECORD_SIZE = 4096
const LAST_RECORD = 2

/**
 * Encrypts a message for a browser (RFC 8291, content encoding aes128gcm of RFC 8188).
 *
 * @throws StepError `validation` when the browser's key is none
 */
export function encryptMessage(message: Uint8Array, keys: SubscriptionKeys, secrets: EncryptionSecrets = {}): Buffer {
  const { salt = randomBytes(16) } = secrets
  const browserKey = Buffer.from(keys.p256dh, 'base64url')
  const sender = createECDH('prime256v1')
  if (secrets.privateKey === undefined) sender.generateKeys()
  else sender.setPrivateKey(secrets.privateKey)
  const senderKey = sender.getPublicKey()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browserKey, senderKey])
  const shared = sharedSecret(sender, browserKey)
  const material = Buffer.from(hkdfSync('sha256', shared, Buffer.from(keys.auth, 'base64url'), info, 32))
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', material, salt, `Content-Encoding: ${what}\0`, length))
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  const encrypted = [cipher.update(message), cipher.update(Uint8Array.of(LAST_RECORD)), cipher.final()]
  const header = Buffer.alloc(5)
  header.writeUInt32BE(RECORD_SIZE)
  header.writeUInt8(senderKey.length, 4)
  return Buffer.concat([salt, header, senderKey, ...encrypted, cipher.getAuthTag()])
}

function sharedSecret(sender: ReturnType<typeof createECDH>, browserKey: Buffer): Buffer {
  try {
    return sender.computeSecret(browserKey)
  } catch (cause) {
    throw new StepError('validation', 'The key of the subscription is not valid', {
      detail: 'Pass "p256dh" on exactly as the browser gave it.',
      cause,
    })
  }
}
