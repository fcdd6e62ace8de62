import { Field, Input } from '@inlay/embed-ui/ui'
import type { Brand, ChangeBrand } from './brand.js'
import { ImageField } from './ImageField.js'
import { isLink } from './links.js'

interface ProductSectionProps {
  readonly brand: Brand
  readonly tenantName: string
  readonly onChange: ChangeBrand
}

const LINKS = [
  { key: 'supportUrl', label: 'Help', help: 'Where people turn to; also mailto: addresses.' },
  { key: 'termsUrl', label: 'Terms', help: undefined },
  { key: 'privacyUrl', label: 'Privacy', help: undefined },
] as const

/** What the product is called, its logos and where its people find help. */
export function ProductSection({ brand, tenantName, onChange }: ProductSectionProps) {
  return (
    <>
      <Field label="Product name" help="In texts, titles and mails.">
        <Input
          value={brand.productName ?? ''}
          placeholder={tenantName}
          maxLength={64}
          onChange={(event) => onChange({ productName: event.target.value === '' ? null : event.target.value })}
        />
      </Field>
      <ImageField
        label="Logo"
        help="SVG, PNG or WebP, 64 kB at most."
        ground="light"
        value={brand.logo}
        onChange={(logo) => onChange({ logo })}
      />
      <ImageField
        label="Logo on dark"
        help="Without it, the logo above is used."
        ground="dark"
        value={brand.logoDark}
        onChange={(logoDark) => onChange({ logoDark })}
      />
      <ImageField
        label="Icon of the page"
        help="The small picture in the browser’s tab. Square."
        ground="light"
        value={brand.favicon}
        onChange={(favicon) => onChange({ favicon })}
      />
      {LINKS.map(({ key, label, help }) => (
        <LinkField
          key={key}
          label={label}
          help={help}
          value={brand[key]}
          onChange={(link) => onChange({ [key]: link })}
        />
      ))}
    </>
  )
}

interface LinkFieldProps {
  readonly label: string
  readonly help: string | undefined
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

function LinkField({ label, help, value, onChange }: LinkFieldProps) {
  const isWrong = value !== null && !isLink(value)
  return (
    <Field
      label={label}
      isOptional
      {...(help === undefined ? {} : { help })}
      {...(isWrong ? { error: 'Enter a whole address, such as https://example.com.' } : {})}
    >
      <Input
        type="url"
        inputMode="url"
        value={value ?? ''}
        placeholder="https://"
        maxLength={500}
        onChange={(event) => {
          const next = event.target.value.trim()
          onChange(next === '' ? null : next)
        }}
      />
    </Field>
  )
}
