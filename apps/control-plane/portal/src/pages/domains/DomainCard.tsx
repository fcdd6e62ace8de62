import { Badge, Button, Callout, Card, RelativeTime, useToast } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { useCall } from '../../useCall.js'
import { DnsRecord } from './DnsRecord.js'

type Domain = Awaited<ReturnType<ApiClient['domains']['list']['query']>>['data'][number]

const STATUSES = {
  pending: { tone: 'warning', label: 'Not verified' },
  verified: { tone: 'success', label: 'In use' },
  failing: { tone: 'danger', label: 'In use, records not in order' },
} as const

/** A domain: how it is, the records that it needs, and what can be done about it. */
export function DomainCard({ domain, mayChange }: { readonly domain: Domain; readonly mayChange: boolean }) {
  const { displayName, name, status, isPrimary, checkedAt } = domain
  const { tone, label } = STATUSES[status]
  return (
    <Card isPadded>
      <article className="domain" aria-label={displayName}>
        <header className="domain-head">
          <h2>{displayName}</h2>
          <Badge tone={tone}>{label}</Badge>
          {isPrimary && <Badge>Links are made with it</Badge>}
          {displayName !== name && <code className="muted">{name}</code>}
        </header>
        <Advice domain={domain} />
        <ul className="dns-records">
          {domain.records.map((record) => (
            <DnsRecord key={record.type} record={record} />
          ))}
        </ul>
        <footer className="domain-foot">
          {mayChange && <Actions domain={domain} />}
          <span className="muted">
            {checkedAt === null ? (
              'Not checked yet'
            ) : (
              <>
                Checked <RelativeTime at={checkedAt} />
              </>
            )}
          </span>
        </footer>
      </article>
    </Card>
  )
}

/** What to do next. */
function Advice({ domain: { status, origin, checkedAt } }: { readonly domain: Domain }) {
  if (status === 'failing') {
    return (
      <Callout tone="warning" title="Set the records again">
        The domain still works. It is not used any more when three daily checks in a row find it like this.
      </Callout>
    )
  }
  if (status === 'pending') {
    return (
      <p className="domain-text">
        {checkedAt === null
          ? 'Set these two records where your DNS is managed, then verify.'
          : 'The records were not found as they have to be. New records can take minutes, and at times hours, to be seen everywhere.'}
      </p>
    )
  }
  return (
    <p className="domain-text">
      The portal is at{' '}
      <a className="reading" href={origin}>
        {origin}
      </a>
      . Leave both records as they are: they are checked every day. An OAuth app of your own keeps its redirect URI
      until you register the one shown with it and save it again.
    </p>
  )
}

function Actions({ domain: { id, displayName, status } }: { readonly domain: Domain }) {
  const queries = useQueryClient()
  const toast = useToast()
  const [isRemoving, setRemoving] = useState(false)
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['domains'] })
  const verify = useCall(
    () => client.domains.verify.mutate({ id }),
    (checked) => {
      refresh()
      if (checked.status === 'verified') toast({ tone: 'success', title: `${displayName} is in use` })
      else toast({ tone: 'danger', title: 'The records are not in order yet', detail: 'See what was found.' })
    },
  )
  const isPending = status === 'pending'
  return (
    <>
      <Button
        variant={isPending ? 'primary' : 'secondary'}
        isBusy={verify.isPending}
        onClick={() => verify.mutate(undefined)}
      >
        {isPending ? 'Verify' : 'Check now'}
      </Button>
      <Button variant="ghost" onClick={() => setRemoving(true)}>
        Remove
      </Button>
      {isRemoving && (
        <ConfirmCall
          title={`Remove ${displayName}?`}
          text={
            isPending
              ? 'It is not in use. You can add it again later, with another TXT record.'
              : 'It leads nowhere from now on: links that were sent with it, webhooks that services call at it, and widgets that load from it stop to work.'
          }
          confirmLabel="Remove"
          call={() => client.domains.remove.mutate({ id })}
          onClose={() => setRemoving(false)}
          onDone={refresh}
        />
      )}
    </>
  )
}
