import {
  Badge,
  Button,
  Card,
  CodeBlock,
  type Column,
  Dialog,
  Duration,
  Facts,
  RelativeTime,
  Table,
} from '@inlay/embed-ui/ui'
import { type ReactNode, useState } from 'react'
import { client } from '../../client.js'
import { ListBody } from '../../layout/ListPage.js'
import type { usePages } from '../../layout/usePages.js'
import { useCall } from '../../useCall.js'
import { useMay } from '../../useMay.js'
import type { Delivery } from './endpoints.js'

const MINUTE_MS = 60_000

interface DeliveryListProps {
  readonly endpointId: string
  readonly pages: ReturnType<typeof usePages<Delivery>>
  readonly empty: ReactNode
  readonly onChanged: () => void
}

/** What was sent to an endpoint, newest first. */
export function DeliveryList({ endpointId, pages, empty, onChanged }: DeliveryListProps) {
  const [shownId, setShownId] = useState<string>()
  const shown = pages.rows.find(({ id }) => id === shownId)
  return (
    <>
      <ListBody
        pages={pages}
        empty={empty}
        draw={(rows) => (
          <Card isPadded={false}>
            <Table
              label="Deliveries"
              rows={rows}
              rowKey={({ id }) => id}
              columns={columns(setShownId)}
              onRowClick={({ id }) => setShownId(id)}
            />
          </Card>
        )}
      />
      {shown !== undefined && (
        <DeliveryDialog
          endpointId={endpointId}
          delivery={shown}
          onChanged={onChanged}
          onClose={() => setShownId(undefined)}
        />
      )}
    </>
  )
}

/** In words: whether it was taken, and what comes next. */
function State({ delivery: { status, attempts } }: { readonly delivery: Delivery }) {
  if (status === 'succeeded') return <Badge tone="success">Taken</Badge>
  if (status === 'failed') return <Badge tone="danger">Failed</Badge>
  return attempts === 0 ? <Badge tone="info">Waiting</Badge> : <Badge tone="warning">Retrying</Badge>
}

function columns(onShow: (id: string) => void): readonly Column<Delivery>[] {
  return [
    {
      id: 'event',
      header: 'Event',
      isTitle: true,
      width: '210px',
      cell: ({ eventType }) => <strong>{eventType}</strong>,
    },
    { id: 'state', header: 'State', cell: (delivery) => <State delivery={delivery} /> },
    {
      id: 'answer',
      header: 'Answer',
      cell: ({ responseStatus, durationMs, error }) =>
        error === null ? (
          <span>
            {responseStatus} <small className="muted">{durationMs !== null && <Duration ms={durationMs} />}</small>
          </span>
        ) : (
          <small className="muted">{error}</small>
        ),
    },
    {
      id: 'next',
      header: 'Next attempt',
      narrowLabel: 'Next attempt',
      isSecondary: true,
      cell: ({ nextAttemptAt, attempts }) =>
        nextAttemptAt === null || attempts === 0 ? '' : <NextAttempt at={nextAttemptAt} />,
    },
    { id: 'at', header: 'Happened', cell: ({ occurredAt }) => <RelativeTime at={occurredAt} /> },
    {
      id: 'actions',
      header: 'Actions',
      isHeaderHidden: true,
      align: 'end',
      cell: ({ id }) => (
        <Button size="small" variant="ghost" onClick={() => onShow(id)}>
          Show
        </Button>
      ),
    },
  ]
}

/** Seconds ahead read as “just now”, which is said of what has been. */
function NextAttempt({ at }: { readonly at: string }) {
  return Date.parse(at) - Date.now() < MINUTE_MS ? 'soon' : <RelativeTime at={at} />
}

interface DeliveryDialogProps {
  readonly endpointId: string
  readonly delivery: Delivery
  readonly onChanged: () => void
  readonly onClose: () => void
}

function DeliveryDialog({ endpointId, delivery, onChanged, onClose }: DeliveryDialogProps) {
  const may = useMay()
  const { id, eventType, messageId, attempts, responseStatus, responseBody, error, body } = delivery
  const redeliver = useCall(
    () => client.webhookEndpoints.redeliver.mutate({ id: endpointId, deliveryId: id }),
    () => {
      onChanged()
      onClose()
    },
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={eventType}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {may('webhookEndpoints:write') && (
            <Button variant="primary" isBusy={redeliver.isPending} onClick={() => redeliver.mutate(undefined)}>
              Deliver again
            </Button>
          )}
        </>
      }
    >
      <Facts
        facts={[
          { label: 'State', value: <State delivery={delivery} /> },
          { label: 'Message id', value: <code>{messageId}</code> },
          { label: 'Attempts', value: attempts },
          ...(responseStatus === null ? [] : [{ label: 'Answer', value: responseStatus }]),
          ...(error === null ? [] : [{ label: 'What stood in the way', value: error }]),
        ]}
      />
      <h3>Sent</h3>
      <CodeBlock label="What was sent" code={JSON.stringify(JSON.parse(body), null, 2)} />
      {responseBody !== null && responseBody !== '' && (
        <>
          <h3>Answered</h3>
          <CodeBlock label="What was answered" code={responseBody} />
        </>
      )}
    </Dialog>
  )
}
