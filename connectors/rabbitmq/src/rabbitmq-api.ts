import { type HttpResponse, responseError, StepError, service } from '@inlay/sdk/connector'

const SERVICE = 'RabbitMQ'

/** The HTTP API of RabbitMQ's management plugin (3.10 and later). */
export const rabbitmq = service({ name: SERVICE, refusal })

/** Status 401 tells of users that are known but may not do this, too. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status !== 401 || !/virtual host|management user/i.test(response.text)) return undefined
  return new StepError('authorization', 'The user may not do this in RabbitMQ', {
    detail: `${responseError(SERVICE, response).detail ?? ''} It needs the tag "management" and access to the virtual host.`,
    data: { status: response.status },
  })
}
