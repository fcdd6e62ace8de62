import { Badge, Callout, EmptyState, PageHeader } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, Send } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { usePageName } from '../../layout/page-name.js'
import { usePages } from '../../layout/usePages.js'
import { DeliveryList } from './DeliveryList.js'
import { EndpointActions } from './EndpointActions.js'
import { type Delivery, type Endpoint, nameOf, stateOf } from './endpoints.js'

/** How often it is looked whether what waits was sent, in milliseconds. */
const LOOK_AGAIN_MS = 2000
const DUE_MS = 5000

/** One endpoint, and what was sent to it. */
export function WebhookPage({ id }: { readonly id: string }) {
  const endpoint = useQuery({ queryKey: ['webhook', id], queryFn: () => client.webhookEndpoints.get.query({ id }) })
  usePageName(endpoint.data && nameOf(endpoint.data))
  const deliveries = usePages(['webhook-deliveries', id], (cursor) =>
    client.webhookEndpoints.deliveries.query({ ...cursor, id }),
  )
  const refresh = (): void => {
    void endpoint.refetch()
    void deliveries.refetch()
  }
  useLookAgain(deliveries.rows.some(isDue), refresh)
  return (
    <>
      <Link href="/webhooks" className="back">
        <ArrowLeft size={15} aria-hidden="true" /> Webhooks
      </Link>
      <Loaded query={endpoint} page="Webhook">
        {(data) => (
          <>
            <PageHeader
              title={nameOf(data)}
              description={<About endpoint={data} />}
              actions={<EndpointActions endpoint={data} onChanged={refresh} />}
            />
            <Trouble endpoint={data} />
            <section>
              <div className="section-title">
                <h2>Deliveries</h2>
              </div>
              <DeliveryList
                endpointId={id}
                pages={deliveries}
                onChanged={refresh}
                empty={
                  <EmptyState
                    icon={<Send />}
                    title="Nothing was sent yet"
                    text="What happens from now on is listed here. Send a test event to see whether your backend takes it."
                  />
                }
              />
            </section>
          </>
        )}
      </Loaded>
    </>
  )
}

/** Whether it is sent in a moment, or just now. */
function isDue({ nextAttemptAt }: Delivery): boolean {
  return nextAttemptAt !== null && Date.parse(nextAttemptAt) - Date.now() < DUE_MS
}

function useLookAgain(isWaiting: boolean, look: () => void): void {
  const [looks, setLooks] = useState(0)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => {
      look()
      setLooks(looks + 1)
    }, LOOK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [isWaiting, look, looks])
}

function About({ endpoint }: { readonly endpoint: Endpoint }) {
  const { tone, label } = stateOf(endpoint)
  const { description, url, eventTypes } = endpoint
  return (
    <span className="state-cell">
      <Badge tone={tone}>{label}</Badge>
      {url !== null && description !== '' && <span>{description}</span>}
      <small>Told of {eventTypes.join(', ')}</small>
    </span>
  )
}

function Trouble({ endpoint: { disabledReason, failingSince } }: { readonly endpoint: Endpoint }) {
  if (disabledReason !== null) {
    return (
      <Callout tone="danger" title="Nothing is sent to it any more">
        {disabledReason === 'gone'
          ? 'It answered 410, which says that nobody is there. Switch it on when that was a mistake.'
          : 'Every attempt of five days has failed. Mend it, switch it on, and deliver again what is missing.'}
      </Callout>
    )
  }
  if (failingSince === null) return null
  return (
    <Callout tone="warning" title={`Every attempt has failed since ${inOwnZone(failingSince)}`}>
      Deliveries are tried again for about three days. After five days without a success the endpoint is switched off.
    </Callout>
  )
}

/** The day and the time, and which zone's they are. */
function inOwnZone(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })
}
