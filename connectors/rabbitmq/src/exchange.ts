import { type OptionsDefinition, z } from '@inlay/sdk/connector'
import { virtualHostOf } from './addresses.js'
import { rabbitmq } from './rabbitmq-api.js'

const exchanges = z.array(
  z.object({ name: z.string(), type: z.string().default(''), internal: z.boolean().default(false) }),
)

/** Offers the exchanges of the virtual host that take messages. */
export const exchangeOptions: OptionsDefinition = async (context) => {
  const url = `/api/exchanges/${encodeURIComponent(virtualHostOf(context.auth))}`
  const found = await rabbitmq.call(context, { url, answer: exchanges })
  // The default exchange has no name, and is asked for by another one.
  return found
    .filter(({ internal }) => !internal)
    .map(({ name, type }) => ({ value: name || 'amq.default', label: name || 'amq.default', description: type }))
}
