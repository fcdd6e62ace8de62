import { PageHeader, type Tab, Tabs } from '@inlay/embed-ui/ui'
import { useState } from 'react'
import { useMay } from '../../useMay.js'
import { Listings } from './Listings.js'
import { Submissions } from './Submissions.js'

type View = 'listings' | 'submissions'

/** What other vendors share, and what this one has handed in. */
export function MarketplacePage() {
  const may = useMay()
  const [view, setView] = useState<View>('listings')
  const tabs: readonly Tab<View>[] = [
    { id: 'listings', label: 'Browse' },
    ...(may('connectors:configure') ? [{ id: 'submissions' as const, label: 'Your submissions' }] : []),
  ]
  return (
    <>
      <PageHeader title="Marketplace" description="Connectors and templates that others share." />
      <div className="sections">
        <div className="tabs">
          <Tabs label="Parts of the marketplace" tabs={tabs} selected={view} onSelect={setView} />
        </div>
        {view === 'listings' ? <Listings mayInstall={may('connectors:configure')} /> : <Submissions />}
      </div>
    </>
  )
}
