// Values that look like secrets by the name of their field. The server takes known secrets out by itself; this is for the
// ones that only their names tell of, such as a password that a service sent.

const NAMES =
  /^(?:pass(?:word|phrase|code)?|pwd|secret|token|authorization|cookie|set-cookie|credentials?|otp|cvc|cvv|pin|iban)$|(?:password|passwd|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|client[-_]?secret)$/i
/** Tokens that are places in a list, not secrets. */
const HARMLESS = /(?:next|page|continuation|sync|cursor)[-_]?token$/i

/** Whether a field holds a secret, as far as its name tells. */
export function isSecretName(name: string): boolean {
  return NAMES.test(name) && !HARMLESS.test(name)
}
