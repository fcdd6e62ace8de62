/** An order of the shop. */
export interface Order {
  readonly id: string
  readonly customer: string
  /** Euros. */
  readonly total: number
  readonly state: string
}

/** The shop's orders; a real product has them in its database. */
export class Orders {
  private readonly orders = new Map<string, Order>(
    [
      { id: 'A-1004', customer: 'Mira Holm', total: 1240, state: 'Paid' },
      { id: 'A-1003', customer: 'Jonas Weber', total: 86.4, state: 'Packing' },
      { id: 'A-1002', customer: 'Ada Brown', total: 312.9, state: 'Sent' },
      { id: 'A-1001', customer: 'Kim Lee', total: 99.5, state: 'Sent' },
    ].map((order) => [order.id, order]),
  )

  /** Newest first. */
  list(): Order[] {
    return [...this.orders.values()].sort((a, b) => b.id.localeCompare(a.id))
  }

  find(id: string): Order | undefined {
    return this.orders.get(id)
  }

  /** @returns the order as it is now; undefined when there is none */
  changeState(id: string, state: string): Order | undefined {
    const order = this.orders.get(id)
    if (order === undefined) return undefined
    const changed = { ...order, state }
    this.orders.set(id, changed)
    return changed
  }

  place({ customer, total }: Pick<Order, 'customer' | 'total'>): Order {
    const order = { id: `A-${1001 + this.orders.size}`, customer, total, state: 'Paid' }
    this.orders.set(order.id, order)
    return order
  }
}
