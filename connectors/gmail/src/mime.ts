import { createHash } from 'node:crypto'

/** A message as it is to be written down. */
interface OutgoingMessage {
  /** By name, in order; empty ones are left out. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text?: string | undefined
  readonly html?: string | undefined
  readonly attachments: readonly Attachment[]
  /** What boundaries are made of, so that the same message is written the same way again. */
  readonly seed: string
}

/** A file of a message. */
interface Attachment {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

interface Part {
  readonly headers: readonly string[]
  readonly body: string
}

const EOL = '\r\n'

/** Writes a message down in Internet Message Format with MIME (RFC 5322, 2045 to 2047, 2231). */
export function writeMessage({ headers, text, html, attachments, seed }: OutgoingMessage): string {
  const lines = headers.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
  const bodies = [
    ...(text !== undefined || html === undefined ? [textPart('text/plain', text ?? '')] : []),
    ...(html === undefined ? [] : [textPart('text/html', html)]),
  ]
  const body = wrap(bodies, 'alternative', seed)
  const whole = attachments.length === 0 ? body : wrap([body, ...attachments.map(filePart)], 'mixed', seed)
  return [...lines, 'MIME-Version: 1.0', ...whole.headers, '', whole.body].join(EOL)
}

function textPart(type: string, text: string): Part {
  return {
    headers: [`Content-Type: ${type}; charset=UTF-8`, 'Content-Transfer-Encoding: base64'],
    body: base64Lines(Buffer.from(text)),
  }
}

function filePart({ name, contentType, bytes }: Attachment): Part {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : 'application/octet-stream'
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return {
    headers: [
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${ascii}";${EOL} filename*=UTF-8''${encoded}`,
    ],
    body: base64Lines(bytes),
  }
}

function wrap(parts: readonly Part[], kind: 'alternative' | 'mixed', seed: string): Part {
  const [only, ...others] = parts
  if (only !== undefined && others.length === 0) return only
  // Not in the alphabet of base64, in which all parts are written: it cannot occur in them.
  const boundary = `=_${createHash('sha256').update(`${kind}:${seed}`).digest('hex').slice(0, 32)}`
  const written = parts.map(({ headers, body }) => [`--${boundary}`, ...headers, '', body].join(EOL))
  return {
    headers: [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    body: [...written, `--${boundary}--`, ''].join(EOL),
  }
}

function base64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join(EOL)
}

/** What of a word is encoded at once: an encoded word has at most 75 characters. */
const WORD_BYTES = 42

/** A header's text, on one line; encoded where it is more than ASCII (RFC 2047). */
export function headerText(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ').trim()
  if (/^[\x20-\x7e]*$/.test(line)) return line
  const words: string[] = ['']
  for (const char of line) {
    const word = words.at(-1) ?? ''
    if (Buffer.byteLength(word + char) > WORD_BYTES) words.push(char)
    else words[words.length - 1] = word + char
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(`${EOL} `)
}

/** Addresses as a header holds them; names are encoded, addresses are not. */
export function addressList(addresses: readonly string[]): string {
  return addresses.map(addressText).join(`,${EOL} `)
}

function addressText(address: string): string {
  const [, name, bare] = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+)>\s*$/.exec(address) ?? []
  if (bare === undefined) return address.trim()
  if (name === undefined || name === '') return `<${bare}>`
  const text = headerText(name)
  return `${text === name ? `"${name.replace(/\\/g, '')}"` : text} <${bare}>`
}
