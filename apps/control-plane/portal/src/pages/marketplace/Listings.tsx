import { Badge, Card, EmptyState, SearchInput, Select } from '@inlay/embed-ui/ui'
import { Store } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client.js'
import { ListBody } from '../../layout/ListPage.js'
import { usePages } from '../../layout/usePages.js'
import { ListingCommands, RemoveListing } from './ListingCommands.js'
import type { Listing } from './listing.js'

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
  const { kind, name, description, publisher, version, installedVersion } = listing
  const [isRemoving, setRemoving] = useState(false)
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
        {mayInstall && <ListingCommands listing={listing} onRemove={() => setRemoving(true)} />}
      </div>
      {isRemoving && <RemoveListing listing={listing} onClose={() => setRemoving(false)} />}
    </Card>
  )
}
