import { useEffect, useState } from 'react'

interface Order {
  readonly id: string
  readonly customer: string
  readonly total: number
  readonly state: string
}

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })

/** What Larkfield is about. */
export function OrdersPage() {
  const [orders, setOrders] = useState<readonly Order[]>([])
  const [isPlacing, setPlacing] = useState(false)
  useEffect(() => void loadOrders().then(setOrders), [])
  const place = async () => {
    setPlacing(true)
    await fetch('/api/orders', { method: 'POST' }).catch(() => undefined)
    setOrders(await loadOrders())
    setPlacing(false)
  }
  return (
    <div className="page">
      <div className="page-head">
        <h1>Orders</h1>
        <button type="button" onClick={() => void place()} disabled={isPlacing}>
          {isPlacing ? 'Placing…' : 'Place a test order'}
        </button>
      </div>
      <p className="lead">
        Tired of telling the sales chat about each big order? <a href="/automations">Let an automation do it.</a>
      </p>
      <table className="orders">
        <thead>
          <tr>
            <th>Order</th>
            <th>Customer</th>
            <th>Status</th>
            <th className="amount">Total</th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ id, customer, total, state }) => (
            <tr key={id}>
              <td>{id}</td>
              <td>{customer}</td>
              <td>
                <span className="state" data-state={state}>
                  {state}
                </span>
              </td>
              <td className="amount">{euros.format(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

async function loadOrders(): Promise<readonly Order[]> {
  const response = await fetch('/api/orders')
  // Our own backend answers with its orders.
  return (await response.json()) as readonly Order[]
}
