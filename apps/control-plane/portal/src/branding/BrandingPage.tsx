import { Button, ConfirmDialog, LoadingState, Menu, PageHeader, type Tab, Tabs, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Palette, RotateCcw } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { client } from '../client.js'
import { Loaded } from '../layout/Loaded.js'
import { useLeaveGuard } from '../layout/leave-guard.js'
import { useCall } from '../useCall.js'
import { useMay, useMe } from '../useMay.js'
import { appearanceOf, type Brand, type ChangeBrand, isSameBrand, NO_BRAND } from './brand.js'
import { ColorProbe, type MeasuredSchemes } from './ColorProbe.js'
import { ColorsSection } from './ColorsSection.js'
import { hasGoodLinks } from './links.js'
import { ProductSection } from './ProductSection.js'
import { PRESETS } from './presets.js'
import { ShapeSection } from './ShapeSection.js'
import { TextsSection } from './TextsSection.js'
import './branding.css'

// The builder is heavy, and other pages of the portal do without.
const PreviewPane = lazy(() => import('./preview/PreviewPane.js').then((file) => ({ default: file.PreviewPane })))

/** How the product looks and speaks to the tenant's customers, with the widget beside it. */
export function BrandingPage() {
  const brand = useQuery({
    queryKey: ['branding'],
    queryFn: () => client.branding.get.query({}),
    refetchOnWindowFocus: false,
  })
  return (
    <div className="branding">
      <Loaded query={brand} page="Branding">
        {(saved) => <BrandEditor saved={saved} />}
      </Loaded>
    </div>
  )
}

type Part = 'product' | 'colors' | 'shape' | 'texts'
const PARTS: readonly Tab<Part>[] = [
  { id: 'product', label: 'Product' },
  { id: 'colors', label: 'Colours' },
  { id: 'shape', label: 'Shape' },
  { id: 'texts', label: 'Words' },
]

const NOT_MEASURED: MeasuredSchemes = { light: {}, dark: {} }

function BrandEditor({ saved }: { readonly saved: Brand }) {
  const [brand, setBrand] = useState(saved)
  const [part, setPart] = useState<Part>('product')
  const [measured, setMeasured] = useState(NOT_MEASURED)
  const tenantName = useMe()?.tenant.name ?? ''
  const change: ChangeBrand = (next) => setBrand((before) => ({ ...before, ...next }))
  // Typing stays smooth though the whole builder is drawn again.
  const shown = useDeferredValue(brand)
  return (
    <>
      <PageHeader
        title="Branding"
        description="How your product looks and speaks to your customers."
        actions={<Actions saved={saved} brand={brand} onChange={setBrand} />}
      />
      <ColorProbe appearance={appearanceOf(brand)} onMeasured={setMeasured} />
      <div className="branding-room">
        <div className="branding-form">
          <div className="tabs">
            <Tabs label="Parts of the brand" tabs={PARTS} selected={part} onSelect={setPart} />
          </div>
          <div className="form">
            {part === 'product' && <ProductSection brand={brand} tenantName={tenantName} onChange={change} />}
            {part === 'colors' && <ColorsSection brand={brand} measured={measured} onChange={change} />}
            {part === 'shape' && <ShapeSection brand={brand} onChange={change} />}
            {part === 'texts' && <TextsSection brand={brand} onChange={change} />}
          </div>
        </div>
        <Suspense fallback={<LoadingState />}>
          <PreviewPane brand={shown} productName={shown.productName ?? tenantName} />
        </Suspense>
      </div>
    </>
  )
}

interface ActionsProps {
  readonly saved: Brand
  readonly brand: Brand
  readonly onChange: (brand: Brand) => void
}

function Actions({ saved, brand, onChange }: ActionsProps) {
  const queries = useQueryClient()
  const toast = useToast()
  const may = useMay()
  const [isResetting, setResetting] = useState(false)
  const isChanged = !isSameBrand(saved, brand)
  useLeaveGuard(isChanged)
  const save = useCall(
    () => client.branding.set.mutate(brand),
    (kept) => {
      queries.setQueryData(['branding'], kept)
      void queries.invalidateQueries({ queryKey: ['me'] })
      toast({ tone: 'success', title: 'Saved', detail: 'Your customers see it when they next open a page.' })
    },
  )
  return (
    <span className="branding-actions">
      <span className="muted" role="status">
        {isChanged ? 'Not saved yet' : ''}
      </span>
      <Menu
        trigger={<Button icon={<Palette size={15} />}>Presets</Button>}
        items={PRESETS.map(({ id, label, appearance }) => ({
          id,
          label,
          onSelect: () => onChange({ ...brand, appearance }),
        }))}
      />
      <Button icon={<RotateCcw size={15} />} onClick={() => setResetting(true)}>
        Reset
      </Button>
      <Button disabled={!isChanged} onClick={() => onChange(saved)}>
        Discard
      </Button>
      <Button
        variant="primary"
        disabled={!isChanged || !hasGoodLinks(brand) || !may('tenant:update')}
        {...(may('tenant:update') ? {} : { title: 'Your role may look at the brand, and not change it.' })}
        isBusy={save.isPending}
        onClick={() => save.mutate(undefined)}
      >
        Save
      </Button>
      <ConfirmDialog
        isOpen={isResetting}
        title="Reset everything?"
        text="Name, logos, links, colours and words go back to what is built in. Nothing changes for your customers until you save."
        confirmLabel="Reset"
        isDanger
        onClose={() => setResetting(false)}
        onConfirm={() => {
          setResetting(false)
          onChange(NO_BRAND)
        }}
      />
    </span>
  )
}
