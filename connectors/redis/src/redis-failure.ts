import { type ErrorKind, isInlayError, StepError } from '@inlay/sdk/connector'

/** By the first word of an error reply. */
const BY_CODE: Readonly<Record<string, ErrorKind>> = {
  NOAUTH: 'authentication',
  WRONGPASS: 'authentication',
  NOPERM: 'authorization',
  DENIED: 'authorization',
  LOADING: 'communication',
  BUSY: 'communication',
  TRYAGAIN: 'communication',
  CLUSTERDOWN: 'communication',
  MASTERDOWN: 'communication',
  NOREPLICAS: 'communication',
  READONLY: 'communication',
  MISCONF: 'communication',
  OOM: 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'Redis did not accept the credentials',
  authorization: 'The user of the connection may not do this in Redis',
  communication: 'Redis had a problem',
  timeout: 'Redis took too long to answer',
  rate_limited: 'Redis takes no more connections at present',
}

/** Turns what the driver throws into the kind that says whether trying again can help, by the reply's first word. */
export function toRedisFailure(error: unknown): unknown {
  if (isInlayError(error)) return error
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'ReplyError') {
    const code = codeOf(message)
    const kind = kindOf(code, message)
    // Without the cause: the driver hangs the command's arguments on it, which are the customer's data.
    return new StepError(kind, TITLES[kind] ?? 'Redis refused the command', { detail: message, data: { code } })
  }
  const kind = message === 'Command timed out' ? 'timeout' : 'communication'
  return new StepError(kind, TITLES[kind] ?? message, {
    detail: message,
    cause: error,
    // A certificate that does not fit today will not fit in a minute.
    ...(isCertificate(error) ? { retryable: false } : {}),
  })
}

/** By the names that OpenSSL and Node give to certificates they refuse. */
function isCertificate(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /CERT|^ERR_TLS_|^HOSTNAME_MISMATCH$|^INVALID_PURPOSE$/.test(code)
}

/** The same for the command that signs in, of whose reply only the first word is told: some servers repeat the password. */
export function toSignInFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return toRedisFailure(error)
  const code = codeOf(error.message)
  const known = kindOf(code, error.message)
  const kind = known === 'rejected' ? 'authentication' : known
  return new StepError(kind, TITLES[kind] ?? 'Redis did not accept the credentials', {
    detail: /without any password|no password is set/.test(error.message)
      ? 'The server asks for no password: leave the password of the connection empty'
      : `The server answered ${code}`,
    data: { code },
  })
}

function codeOf(message: string): string {
  return /^[A-Z]+\b/.exec(message)?.[0] ?? 'ERR'
}

function kindOf(code: string, message: string): ErrorKind {
  return /^ERR max number of clients/.test(message) ? 'rate_limited' : (BY_CODE[code] ?? 'rejected')
}
