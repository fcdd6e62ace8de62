import { Badge, Button, Card, ConfirmDialog, EmptyState, SearchInput, Select, useToast } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQueryClient } from '@tanstack/react-query'
import { Store } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client.js'
import { ListBody } from '../../layout/ListPage.js'
import { usePages } from '../../layout/usePages.js'
import { useCall } from '../../useCall.js'

type Listing = Awaited<ReturnType<ApiClient['marketplace']['browse']['query']>>['data'][number]

const KINDS = [
  { value: 'connector', label: 'Connectors' },
  { value: 'template', label: 'Templates' },
] as const

/** What can be installed. */
export function Listings({ mayInstall }: { readonly mayInstall: boolean }) {
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState('')
  const wanted = KINDS.find(({ value }) => value === kind)?.value
  const pages = usePages(['marketplace', search, kind], (cursor) =>
    client.marketplace.browse.query({
      ...cursor,
      ...(search.trim() === '' ? {} : { search }),
      ...(wanted === undefined ? {} : { kind: wanted }),
    }),
  )
  return (
    <>
      <div className="filters">
        <SearchInput
          aria-label="Search the marketplace"
          placeholder="Search the marketplace"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Select aria-label="Kind" placeholder="Everything" options={KINDS} value={kind} onValueChange={setKind} />
      </div>
      <ListBody
        pages={pages}
        empty={
          <EmptyState
            icon={<Store />}
            title={search === '' && kind === '' ? 'Nothing is shared yet' : 'Nothing matches'}
            text={
              search === '' && kind === ''
                ? 'Be the first: hand in a template or a connector of your own.'
                : 'Search for other words, or among everything.'
            }
          />
        }
        draw={(rows) => (
          <div className="listings">
            {rows.map((listing) => (
              <ListingCard key={listing.id} listing={listing} mayInstall={mayInstall} />
            ))}
          </div>
        )}
      />
    </>
  )
}

function ListingCard({ listing, mayInstall }: { readonly listing: Listing; readonly mayInstall: boolean }) {
  const { id, kind, name, description, publisher, version, installedVersion } = listing
  const queries = useQueryClient()
  const toast = useToast()
  const [isRemoving, setRemoving] = useState(false)
  const refresh = (title: string): void => {
    setRemoving(false)
    toast({ tone: 'success', title })
    for (const key of ['marketplace', 'templates', 'connectors', 'own-connectors']) {
      void queries.invalidateQueries({ queryKey: [key] })
    }
  }
  const install = useCall(
    () => client.marketplace.install.mutate({ id }),
    () => refresh('Installed'),
  )
  const uninstall = useCall(
    () => client.marketplace.uninstall.mutate({ id }),
    () => refresh('Removed'),
  )
  const isCurrent = installedVersion === version
  return (
    <Card isPadded>
      <div className="listing">
        <div className="state">
          <Badge tone={kind === 'connector' ? 'info' : 'neutral'}>
            {kind === 'connector' ? 'Connector' : 'Template'}
          </Badge>
          {installedVersion !== null && <Badge tone="success">Installed</Badge>}
        </div>
        <h2>{name}</h2>
        <p className="clamp">{description}</p>
        <p className="muted">
          {publisher}, version {version}
        </p>
        {mayInstall && (
          <div className="state">
            {!isCurrent && (
              <Button
                size="small"
                variant="primary"
                isBusy={install.isPending}
                aria-label={`${installedVersion === null ? 'Install' : 'Update'} ${name}`}
                onClick={() => install.mutate(undefined)}
              >
                {installedVersion === null ? 'Install' : `Update to ${version}`}
              </Button>
            )}
            {installedVersion !== null && (
              <Button size="small" aria-label={`Remove ${name}`} onClick={() => setRemoving(true)}>
                Remove
              </Button>
            )}
          </div>
        )}
      </div>
      <ConfirmDialog
        isOpen={isRemoving}
        isDanger
        isBusy={uninstall.isPending}
        title={`Remove “${name}”?`}
        text={
          kind === 'connector'
            ? 'Automations that use it fail at its steps from now on.'
            : 'Nobody can begin from it any more. Automations that were made of it go on.'
        }
        confirmLabel="Remove"
        onClose={() => setRemoving(false)}
        onConfirm={() => uninstall.mutate(undefined)}
      />
    </Card>
  )
}
