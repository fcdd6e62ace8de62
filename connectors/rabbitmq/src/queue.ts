import { type AuthValues, type OptionsDefinition, z } from '@inlay/sdk/connector'
import { virtualHostOf } from './addresses.js'
import { rabbitmq } from './rabbitmq-api.js'

/** The queue of an action or trigger. */
export const queueField = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => name !== '.' && name !== '..', 'This name cannot be asked for')
  .meta({ title: 'Queue', examples: ['orders'] })

/** The path of a queue of the connection's virtual host. */
export function queuePath(auth: AuthValues, queue: string): string {
  return `/api/queues/${encodeURIComponent(virtualHostOf(auth))}/${encodeURIComponent(queue)}`
}

/** What is known of a queue. */
export const queueSchema = z.object({
  name: z.string().meta({ title: 'Name' }),
  messages: z.number().nullable().meta({ title: 'Messages' }),
  consumers: z.number().nullable().meta({ title: 'Consumers' }),
  isDurable: z.boolean().meta({ title: 'Outlives restarts' }),
})

/** A queue as workflows see it. */
export const sampleQueue: z.infer<typeof queueSchema> = { name: 'orders', messages: 2, consumers: 0, isDurable: true }

/** A queue as the service tells of it: numbers come some seconds after the queue. */
export const queueAnswer = z
  .object({
    name: z.string(),
    messages: z.number().nullish(),
    consumers: z.number().nullish(),
    durable: z.boolean().default(false),
  })
  .transform(({ name, messages, consumers, durable }) => ({
    name,
    messages: messages ?? null,
    consumers: consumers ?? null,
    isDurable: durable,
  }))

/** All queues of the connection's virtual host. */
export async function readQueues(context: Parameters<typeof rabbitmq.call>[0] & { readonly auth: AuthValues }) {
  const url = `/api/queues/${encodeURIComponent(virtualHostOf(context.auth))}`
  return rabbitmq.call(context, { url, answer: z.array(queueAnswer) })
}

/** Offers the queues of the virtual host. */
export const queueOptions: OptionsDefinition = async (context) =>
  (await readQueues(context)).map(({ name }) => ({ value: name, label: name }))
