import { type AuthValues, type ErrorKind, type NetDoor, StepError, z } from '@inlay/sdk/connector'
import nodemailer, { type Transporter } from 'nodemailer'
import type { Options as SmtpOptions } from 'nodemailer/lib/smtp-transport/index.js'

const serverFields = z.object({
  host: z.string(),
  port: z.coerce.number().default(587),
  secure: z.enum(['starttls', 'tls', 'none']).default('starttls'),
})

interface MailContext {
  readonly auth: AuthValues
  readonly net: NetDoor
  readonly signal: AbortSignal
}

/** Uses a connection to the mail server that goes through the safe door, and closes it. @throws StepError by what failed */
export async function withTransport<T>(
  { auth, net, signal }: MailContext,
  use: (transport: Transporter) => Promise<T>,
): Promise<T> {
  if (auth.kind !== 'basic') throw new StepError('authentication', 'E-mail needs a connection to a mail server')
  const { host, port, secure } = serverFields.parse(auth.fields)
  const socket = await net.connect({ host, port, signal })
  const options: SmtpOptions = {
    host,
    port,
    secure: secure === 'tls',
    requireTLS: secure === 'starttls',
    ignoreTLS: secure === 'none',
    auth: { user: auth.username, pass: auth.password },
    connection: socket,
    // Neither files nor addresses may be read on behalf of a message's content.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const transport = nodemailer.createTransport(options)
  const onAbort = (): void => void socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await use(transport)
  } catch (error) {
    // What the mail library makes of a connection that was cut says nothing of why it was.
    throw signal.aborted ? signal.reason : toStepError(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    transport.close()
    socket.destroy()
  }
}

/** What nodemailer adds to its errors. */
interface SmtpError {
  readonly code?: string
  readonly responseCode?: number
  readonly message?: string
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'The mail server did not accept the credentials',
  rejected: 'The mail server refused the message',
  communication: 'The mail server had a problem',
}

function toStepError(error: unknown): StepError {
  // Whatever is thrown inside nodemailer is an error of this shape.
  const { code = '', responseCode = 0, message = 'unknown' } = error as SmtpError
  if (isUnsafe(code, message)) {
    const reason = message.includes('wrong version number') ? 'The port does not begin with TLS' : message
    return new StepError('communication', 'There is no safe connection to the mail server', {
      detail: `${reason}. Check server, port and encryption of the connection; nothing was sent.`,
      cause: error,
      retryable: false,
    })
  }
  const kind = kindOf(code, responseCode)
  return new StepError(kind, TITLES[kind] ?? 'The message was not sent', {
    detail: message,
    cause: error,
    ...(responseCode === 0 ? {} : { data: { responseCode } }),
  })
}

/** No STARTTLS on offer, or a TLS failure: nodemailer gives those the code of any socket's error. */
function isUnsafe(code: string, message: string): boolean {
  return code === 'ETLS' || (code === 'ESOCKET' && /certificate|self.signed|\bssl\b|\btls\b/i.test(message))
}

/** SMTP replies of 4xx are passing troubles, greylisting among them; those of 5xx are final (RFC 5321 section 4.2.1). */
function kindOf(code: string, responseCode: number): ErrorKind {
  if (responseCode >= 400 && responseCode < 500) return 'communication'
  if (code === 'EAUTH') return 'authentication'
  return responseCode >= 500 || code === 'EENVELOPE' ? 'rejected' : 'communication'
}
