import { describeConnectorContract, loadOptions, runAction } from '@inlay/sdk/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLarkfieldConnector } from './larkfield-connector.js'
import { Orders } from './orders.js'

let orders: Orders
let connector: ReturnType<typeof createLarkfieldConnector>

beforeEach(() => {
  orders = new Orders()
  connector = createLarkfieldConnector(orders)
})

describe('the product’s own connector', () => {
  it('reads and changes what the product has', async () => {
    expect(await runAction(connector, 'getOrder', { input: { order: 'A-1003' } })).toMatchObject({ state: 'Packing' })
    await runAction(connector, 'changeState', { input: { order: 'A-1003', state: 'Sent' } })
    expect(orders.find('A-1003')).toMatchObject({ state: 'Sent' })
    await expect(runAction(connector, 'getOrder', { input: { order: 'B-1' } })).rejects.toMatchObject({
      kind: 'rejected',
    })
  })

  it('offers the orders, newest first', async () => {
    const { id } = orders.place({ customer: 'Noor Haddad', total: 420 })
    const { options } = await loadOptions(connector, { of: 'getOrder', field: 'order' })
    expect(options[0]).toEqual({ value: id, label: id, description: 'Noor Haddad' })
  })
})

describeConnectorContract(createLarkfieldConnector(new Orders()), { describe, it, expect })
