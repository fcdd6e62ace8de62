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
    throw toStepError(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    transport.close()
    socket.destroy()
  }
}

/** SMTP replies of 4xx are passing troubles, 5xx are final (RFC 5321 section 4.2.1). */
function toStepError(error: unknown): StepError {
  // Fields that nodemailer adds to its errors.
  const {
    code = '',
    responseCode = 0,
    message = 'unknown',
  } = error as { code?: string; responseCode?: number; message?: string }
  const kind: ErrorKind =
    code === 'EAUTH' ? 'authentication' : responseCode >= 500 || code === 'EENVELOPE' ? 'rejected' : 'communication'
  const title =
    kind === 'authentication' ? 'The mail server did not accept the credentials' : 'The mail server refused the message'
  return new StepError(kind, kind === 'communication' ? 'The mail server had a problem' : title, {
    detail: message,
    cause: error,
    ...(responseCode === 0 ? {} : { data: { responseCode } }),
  })
}
