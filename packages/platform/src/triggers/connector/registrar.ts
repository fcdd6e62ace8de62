import { randomBytes } from 'node:crypto'
import {
  type ConnectorWebhookTrigger,
  type JsonObject,
  StepError,
  type TenantId,
  toPlainJson,
  type WebhookContext,
} from '@inlay/engine'
import type { TriggerClaim } from './claims.js'
import type { TriggerSecrets, WebhookAddress } from './secrets.js'
import type { OpenedTrigger, TriggerCall, TriggerCode } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

/** Milliseconds that telling a service may take. */
const REGISTER_TIMEOUT_MS = 30_000
const MAX_REGISTRATION_BYTES = 65_536
/** Registrations that expire are renewed no more often. */
const MIN_RENEWAL_MS = 60_000

/** What registering needs. */
export interface RegistrarDeps {
  readonly code: TriggerCode
  readonly secrets: TriggerSecrets
  /** The operator's own origin. */
  readonly baseUrl: string
  /** The origin under which services reach the control plane for a tenant. */
  readonly baseOf: (tenantId: TenantId) => string
  /** Aborted when the process stops. */
  readonly signal: AbortSignal
}

/** A claimed webhook trigger. */
export interface Registering {
  readonly claim: TriggerClaim
  readonly row: TriggerRow
  readonly opened: OpenedTrigger
  readonly trigger: ConnectorWebhookTrigger
}

/** Milliseconds until a registration is renewed; null when it does not expire. */
export function renewalOf({ renewal }: ConnectorWebhookTrigger): number | null {
  return renewal === undefined ? null : Math.max(MIN_RENEWAL_MS, renewal.everyMs)
}

/**
 * Tells services where to call, and to call no more. The address is durable before a service learns it. When it is not
 * known whether a service has learned it, it is told again, which does no harm, so that it can be taken back.
 */
export class Registrar {
  constructor(private readonly deps: RegistrarDeps) {}

  /** Registers what is not registered yet, and renews what is. Ends without an outcome: the caller writes it. */
  async register(registering: Registering): Promise<void> {
    const { row, trigger } = registering
    const address = (await this.deps.secrets.address(row)) ?? (await this.newAddress(registering))
    const registration = await this.deps.secrets.registration(row)
    const { renewal } = trigger
    if (registration === undefined) await this.tell(registering, address)
    else if (renewal !== undefined) {
      await this.keep(registering, address, (context) =>
        renewal.run({ ...context, ...this.told(address), registration }),
      )
    }
  }

  /** Takes a registration back. Safe to call twice. */
  async unregister(registering: Registering): Promise<void> {
    const { row, opened, trigger } = registering
    const address = await this.deps.secrets.address(row)
    // Without an address no service was ever told of anything.
    if (address === undefined) return
    const registration = (await this.deps.secrets.registration(row)) ?? (await this.tell(registering, address))
    await this.call({ row, opened }, address, (context) =>
      trigger.unregister({ ...context, ...this.told(address), registration }),
    )
  }

  private tell(registering: Registering, address: WebhookAddress): Promise<JsonObject> {
    return this.keep(registering, address, (context) =>
      registering.trigger.register({ ...context, ...this.told(address) }),
    )
  }

  /** Calls the connector, and keeps what it resolves to. */
  private async keep(
    registering: Registering,
    address: WebhookAddress,
    run: TriggerCall<JsonObject>['run'],
  ): Promise<JsonObject> {
    const given = await this.call(registering, address, run)
    const registration = readRegistration(registering.opened.connector.name, given)
    await this.deps.secrets.keepRegistration(registering.claim, registration)
    return registration
  }

  private call<T>(
    { row, opened }: Pick<Registering, 'row' | 'opened'>,
    { token, secret }: WebhookAddress,
    run: TriggerCall<T>['run'],
  ): Promise<T> {
    const { code, signal } = this.deps
    return code.call(row, opened, { timeoutMs: REGISTER_TIMEOUT_MS, signal, secrets: [token, secret], run })
  }

  private async newAddress({ claim }: Registering): Promise<WebhookAddress> {
    const address = { token: randomText(), secret: randomText(), base: this.deps.baseOf(claim.tenantId) }
    if (await this.deps.secrets.keepAddress(claim, address)) return address
    throw new StepError('cancelled', 'Another worker has taken over the trigger')
  }

  /** Connectors find what they have registered by its address: it stays, whatever domain the tenant has by now. */
  private told({ base, token, secret }: WebhookAddress): Pick<WebhookContext, 'webhookUrl' | 'secret'> {
    return { webhookUrl: `${base ?? this.deps.baseUrl}/hooks/${token}`, secret }
  }
}

/** 256 random bits. */
function randomText(): string {
  return randomBytes(32).toString('base64url')
}

function readRegistration(connectorName: string, given: unknown): JsonObject {
  const plain = toPlainJson(given, { maxBytes: MAX_REGISTRATION_BYTES, name: 'registration' })
  // What is left is exactly an object.
  if (typeof plain === 'object' && plain !== null && !Array.isArray(plain)) return plain as JsonObject
  throw new StepError('bug', `${connectorName} gave something else than a registration`, {
    detail: 'What `register` and `renewal` resolve to must be an object. Report it to whoever made the connector.',
  })
}
