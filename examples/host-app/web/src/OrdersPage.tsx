const ORDERS = [
  { id: 'A-1004', customer: 'Mira Holm', total: '€ 1,240.00', state: 'Paid', day: 'Today' },
  { id: 'A-1003', customer: 'Jonas Weber', total: '€ 86.40', state: 'Packing', day: 'Today' },
  { id: 'A-1002', customer: 'Ada Brown', total: '€ 312.90', state: 'Sent', day: 'Yesterday' },
  { id: 'A-1001', customer: 'Kim Lee', total: '€ 99.50', state: 'Sent', day: 'Yesterday' },
] as const

/** What Larkfield is about. */
export function OrdersPage() {
  return (
    <div className="page">
      <h1>Orders</h1>
      <p className="lead">
        Tired of telling the sales chat about each big order? <a href="/automations">Let an automation do it.</a>
      </p>
      <table className="orders">
        <thead>
          <tr>
            <th>Order</th>
            <th>Customer</th>
            <th>Status</th>
            <th>Placed</th>
            <th className="amount">Total</th>
          </tr>
        </thead>
        <tbody>
          {ORDERS.map(({ id, customer, total, state, day }) => (
            <tr key={id}>
              <td>{id}</td>
              <td>{customer}</td>
              <td>
                <span className="state" data-state={state}>
                  {state}
                </span>
              </td>
              <td>{day}</td>
              <td className="amount">{total}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
