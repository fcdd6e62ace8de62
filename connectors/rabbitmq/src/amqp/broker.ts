import { type ConnectionTestContext, StepError, startTls } from '@inlay/sdk/connector'
import { amqpOf, virtualHostOf } from '../addresses.js'
import { toStepError } from './amqp-failure.js'
import { AmqpSession, type Content } from './amqp-session.js'
import { METHOD } from './methods.js'
import { WireWriter } from './wire.js'

const TLS_TIMEOUT_MS = 30_000

/** A message that was got, and is the queue's again at the end of the session unless it is confirmed. */
export interface Delivery extends Content {
  readonly tag: bigint
  readonly isRedelivered: boolean
  readonly exchange: string
  readonly routingKey: string
}

/** A message to publish. */
export interface Publication extends Content {
  /** Empty for the default exchange. */
  readonly exchange: string
  readonly routingKey: string
}

/** A broker, as actions use it. */
export interface Broker {
  /** Publishes, and waits until the broker has it safe. Resolves to whether a queue took it. */
  publish(message: Publication): Promise<boolean>
  /** The next message of a queue; undefined when there is none. */
  get(queue: string): Promise<Delivery | undefined>
  /** Removes a message for good. */
  confirm(delivery: Delivery): void
  /** Fails when there is no such queue. */
  assertQueue(queue: string): Promise<void>
}

type BrokerContext = Pick<ConnectionTestContext, 'auth' | 'net' | 'signal'>

/** Uses a session over a connection through the safe door, and closes it. @throws StepError by reply code */
export async function withBroker<T>(context: BrokerContext, use: (broker: Broker) => Promise<T>): Promise<T> {
  const { auth, net, signal } = context
  const address = amqpOf(auth)
  if (auth.kind !== 'basic' || address === undefined) {
    throw new StepError('validation', 'The connection has no AMQP address')
  }
  const plain = await net.connect({ host: address.host, port: address.port, signal })
  const onAbort = (): void => void plain.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const socket = address.isEncrypted
      ? await startTls(plain, { service: 'RabbitMQ', timeoutMs: TLS_TIMEOUT_MS, ...address })
      : plain
    const session = new AmqpSession(socket)
    await session.open({ username: auth.username, password: auth.password, virtualHost: virtualHostOf(auth) })
    const result = await use(brokerOf(session))
    await session.close()
    return result
  } catch (error) {
    // What a cut connection makes of it says nothing of why it was cut.
    throw signal.aborted ? signal.reason : toStepError(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    plain.destroySoon()
  }
}

function brokerOf(session: AmqpSession): Broker {
  let isConfirming = false
  return {
    publish: async (message) => {
      if (!isConfirming) {
        session.send(METHOD.confirmSelect, new WireWriter().octet(0))
        await session.expect(METHOD.confirmSelectOk)
        isConfirming = true
      }
      return publish(session, message)
    },
    get: (queue) => get(session, queue),
    confirm: ({ tag }) => session.send(METHOD.basicAck, new WireWriter().longLong(tag).octet(0)),
    assertQueue: async (queue) => {
      const PASSIVE = 1
      session.send(METHOD.queueDeclare, new WireWriter().short(0).shortText(queue).octet(PASSIVE).table({}))
      await session.expect(METHOD.queueDeclareOk)
    },
  }
}

async function publish(session: AmqpSession, message: Publication): Promise<boolean> {
  const MANDATORY = 1
  const address = new WireWriter().short(0).shortText(message.exchange).shortText(message.routingKey)
  session.send(METHOD.basicPublish, address.octet(MANDATORY))
  session.sendContent(message)
  const answers = [METHOD.basicReturn, METHOD.basicAck, METHOD.basicNack]
  let { method } = await session.expect(...answers)
  // What no queue takes comes back first, and is confirmed after that.
  const isRouted = method !== METHOD.basicReturn
  if (!isRouted) method = (await session.expect(...answers)).method
  if (method === METHOD.basicAck) return isRouted
  throw new StepError('rejected', 'RabbitMQ did not take the message', {
    detail: 'A queue is full and rejects what is published, or could not keep it.',
    retryable: true,
  })
}

async function get(session: AmqpSession, queue: string): Promise<Delivery | undefined> {
  session.send(METHOD.basicGet, new WireWriter().short(0).shortText(queue).octet(0))
  const { method, args, content } = await session.expect(METHOD.basicGetOk, METHOD.basicGetEmpty)
  if (method === METHOD.basicGetEmpty || content === undefined) return undefined
  return {
    tag: args.longLong(),
    isRedelivered: args.octet() !== 0,
    exchange: args.shortText(),
    routingKey: args.shortText(),
    ...content,
  }
}
