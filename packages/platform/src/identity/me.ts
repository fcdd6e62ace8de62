import type { FilesService } from '../files/index.js'
import type { GuardrailsService } from '../guardrails/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { Caller } from './caller.js'
import type { Me } from './schema.js'

interface DescribingServices {
  readonly tenancy: TenancyService
  readonly guardrails: GuardrailsService
  readonly files: Pick<FilesService, 'maxBytes'>
}

/** What a caller may know of itself. */
export async function describeCaller(caller: Caller, { tenancy, guardrails, files }: DescribingServices): Promise<Me> {
  const { customerId } = caller.scope
  const [{ id, name, slug }, brand, offer] = await Promise.all([
    tenancy.getTenant(caller.scope),
    tenancy.getBrand(caller.scope),
    guardrails.of(caller.scope),
  ])
  const customer = customerId === undefined ? null : await tenancy.getCustomer(caller.scope, customerId)
  return {
    caller: caller.kind,
    tenant: { id, name, slug, brand },
    member: caller.kind === 'member' ? caller.member : null,
    customer: customer === null ? null : { id: customer.id, externalId: customer.externalId, name: customer.name },
    endUser: caller.kind === 'embed' ? caller.endUser : null,
    permissions: [...caller.permissions],
    guardrails: offer,
    maxFileBytes: files.maxBytes,
  }
}
