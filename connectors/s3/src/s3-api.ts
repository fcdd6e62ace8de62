import {
  type AuthValues,
  type ErrorKind,
  type HttpRequest,
  type HttpResponse,
  responseError,
  type ServiceContext,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { signed, virtualAddressOf } from './address.js'
import { parseXml, xmlText } from './xml.js'

const SERVICE = 'S3'

const errorAnswer = z.object({ Error: z.object({ Code: xmlText, Message: xmlText.optional() }) })

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  ExpiredToken: 'authentication',
  InvalidAccessKeyId: 'authentication',
  InvalidToken: 'authentication',
  RequestTimeTooSkewed: 'authentication',
  SignatureDoesNotMatch: 'authentication',
  TokenRefreshRequired: 'authentication',
  AccessDenied: 'authorization',
  AccountProblem: 'authorization',
  AllAccessDisabled: 'authorization',
  RequestLimitExceeded: 'rate_limited',
  SlowDown: 'rate_limited',
  Throttling: 'rate_limited',
  TooManyRequests: 'rate_limited',
  BadDigest: 'communication',
  IncompleteBody: 'communication',
  InternalError: 'communication',
  OperationAborted: 'communication',
  RequestTimeout: 'communication',
  ServiceUnavailable: 'communication',
  TemporaryRedirect: 'communication',
  XAmzContentSHA256Mismatch: 'communication',
}

const ADVICE: Readonly<Record<string, string>> = {
  AuthorizationHeaderMalformed: 'The bucket is in another region: correct the region of the connection.',
  ExpiredToken: 'The temporary credentials are over. Renew the connection.',
  NoSuchBucket: 'There is no bucket of that name in this account and region.',
  NoSuchKey: 'There is no object of that key in the bucket.',
  NoSuchUpload: 'Its parts were deleted, or the object was finished already.',
  PermanentRedirect: 'The bucket is in another region: correct the region of the connection.',
  PreconditionFailed: 'There is an object of that key already.',
  RequestTimeTooSkewed: 'The clocks of this machine and of the service differ by more than 15 minutes.',
  SignatureDoesNotMatch: 'The secret access key is wrong. Renew the connection.',
}

/** What a request needs of the context of an action, trigger or loader. */
export type S3Context = ServiceContext & { readonly auth: AuthValues }

/**
 * Sends one request to the S3 REST API (version 2006-03-01).
 *
 * @throws StepError by the `Code` of S3's error, which it may give with status 200 too
 */
export async function sendS3(context: S3Context, request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse> {
  const address = virtualAddressOf(context.auth, request.url)
  // A bucket's own host is no address that the connector's base leads to: nobody but us would sign for it.
  const addressed = address === undefined ? request : signed({ ...request, url: address }, context.auth)
  // What is signed is signed for one host: a redirect would be refused there.
  const response = await context.http.request({ maxRedirects: 0, ...addressed, signal: context.signal })
  const isFine = response.status >= 200 && response.status <= 299
  // An object that is read may be such a document itself.
  if (isFine && (request.method ?? 'GET') === 'GET') return response
  const refused = refusal(response)
  if (refused !== undefined) throw refused
  if (!isFine) throw responseError(SERVICE, response)
  return response
}

/**
 * Reads S3's XML answer.
 *
 * @throws StepError `communication` when it is not what it should be
 */
export function readAnswer<Answer extends z.ZodType>(response: HttpResponse, answer: Answer): z.output<Answer> {
  const parsed = answer.safeParse(parseXml(response.text))
  if (parsed.success) return parsed.data
  throw unexpected(response)
}

/** An error for an answer that is no refusal, and not S3's either. */
export function unexpected({ text }: HttpResponse): StepError {
  return new StepError('communication', 'S3 gave an answer that is not understood', {
    detail: `Check the address of the service. The answer begins with: ${text.trim().slice(0, 200)}`,
  })
}

function refusal(response: HttpResponse): StepError | undefined {
  if (!/^\s*(<\?xml[^>]*>\s*)?<Error[\s>]/.test(response.text)) return undefined
  const parsed = errorAnswer.safeParse(parseXml(response.text))
  if (!parsed.success) return undefined
  const { Code: code, Message: message = '' } = parsed.data.Error
  return responseError(SERVICE, response, {
    kind: KIND_OF_CODE[code],
    title: `S3 refused the request: ${code}`,
    detail: [ADVICE[code], message.slice(0, 500)].filter(Boolean).join(' '),
    data: { code },
  })
}
