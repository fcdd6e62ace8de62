import { InlayTheme, useBrandedTheme, WorkflowEditor } from '@inlay/embed-ui'
import { LOCALES, Select, Tabs } from '@inlay/embed-ui/ui'
import { useMemo, useState } from 'react'
import { type Brand, SCHEMES, type Scheme } from '../brand.js'
import { languageName } from '../languages.js'
import { createPreviewClient } from './preview-client.js'

interface PreviewPaneProps {
  readonly brand: Brand
  readonly productName: string
}

const VIEWS = [
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'both', label: 'Both' },
] as const
type View = (typeof VIEWS)[number]['id']

/** The builder itself in the brand as it is being edited. */
export function PreviewPane({ brand, productName }: PreviewPaneProps) {
  const [view, setView] = useState<View>('light')
  const languages = useMemo(() => [...new Set([...LOCALES, ...Object.keys(brand.texts)])], [brand.texts])
  const [locale, setLocale] = useState<string>('en')
  const schemes = view === 'both' ? SCHEMES : [view]
  return (
    <section className="preview" aria-label="Preview">
      <div className="preview-bar">
        <Tabs label="Scheme of the preview" tabs={VIEWS} selected={view} onSelect={setView} />
        {languages.length > 1 && (
          <Select
            aria-label="Language of the preview"
            options={languages.map((each) => ({ value: each, label: languageName(each) }))}
            value={locale}
            onValueChange={setLocale}
          />
        )}
      </div>
      <div className="preview-stage" data-view={view}>
        {schemes.map((scheme) => (
          <PreviewedBuilder key={scheme} scheme={scheme} brand={brand} locale={locale} productName={productName} />
        ))}
      </div>
    </section>
  )
}

interface PreviewedBuilderProps extends PreviewPaneProps {
  readonly scheme: Scheme
  readonly locale: string
}

function PreviewedBuilder({ scheme, brand, locale, productName }: PreviewedBuilderProps) {
  const [client] = useState(() => createPreviewClient(productName))
  const settings = useMemo(() => ({ appearance: { colorScheme: scheme }, locale }), [scheme, locale])
  // The API's optional fields may also be undefined, which JSON cannot hold.
  const theme = useBrandedTheme(settings, brand as Parameters<typeof useBrandedTheme>[1])
  return (
    <div className="preview-frame" data-scheme={scheme}>
      <InlayTheme fill {...theme}>
        <WorkflowEditor client={client} workflowId="wf_preview" hotkeys={false} />
      </InlayTheme>
    </div>
  )
}
