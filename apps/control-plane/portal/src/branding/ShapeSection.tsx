import { Disclosure, Field, Input, Select } from '@inlay/embed-ui/ui'
import { useState } from 'react'
import { type Brand, type ChangeBrand, tokenOf, withToken } from './brand.js'
import { FONT_STACKS, MORE_PLAIN } from './tokens.js'

interface ShapeSectionProps {
  readonly brand: Brand
  readonly onChange: ChangeBrand
}

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const
const BACKGROUNDS = [
  { value: 'dots', label: 'Dots' },
  { value: 'lines', label: 'Lines' },
  { value: 'none', label: 'Plain' },
] as const
const SCHEME_CHOICES = [
  { value: 'auto', label: 'As the person’s computer' },
  { value: 'inherit', label: 'As the page around' },
  { value: 'light', label: 'Always light' },
  { value: 'dark', label: 'Always dark' },
] as const

/** The choice that a select names; all of its values are of its options. */
function choice<T extends string>(
  options: readonly [{ readonly value: T }, ...{ readonly value: T }[]],
  value: string,
): T {
  return options.find((each) => each.value === value)?.value ?? options[0].value
}

/** Corners, distances, fonts and the canvas. */
export function ShapeSection({ brand, onChange }: ShapeSectionProps) {
  const { appearance } = brand
  const change = (part: Brand['appearance']): void => onChange({ appearance: { ...appearance, ...part } })
  return (
    <>
      <Field label="Light or dark">
        <Select
          options={SCHEME_CHOICES}
          value={appearance.colorScheme ?? 'auto'}
          onValueChange={(value) => change({ colorScheme: choice(SCHEME_CHOICES, value) })}
        />
      </Field>
      <Font brand={brand} onChange={onChange} />
      <Radius name="radiusControl" label="Corners of buttons and inputs" built={7} brand={brand} onChange={onChange} />
      <Radius name="radiusCard" label="Corners of cards" built={12} brand={brand} onChange={onChange} />
      <Field label="Density">
        <Select
          options={DENSITIES}
          value={appearance.density ?? 'comfortable'}
          onValueChange={(value) => change({ density: choice(DENSITIES, value) })}
        />
      </Field>
      <Field label="Canvas">
        <Select
          options={BACKGROUNDS}
          value={appearance.canvas?.background ?? 'dots'}
          onValueChange={(value) => change({ canvas: { background: choice(BACKGROUNDS, value) } })}
        />
      </Field>
      <Disclosure title="More" note={String(MORE_PLAIN.length + 1)}>
        <div className="form">
          {[...MORE_PLAIN, MONO].map(({ name, label, placeholder, ...rest }) => (
            <Field key={name} label={label} {...rest}>
              <Input
                isMono
                placeholder={placeholder}
                value={tokenOf(brand, name, 'light')}
                maxLength={300}
                onChange={(event) => onChange(withToken(brand, { name, scheme: 'light', value: event.target.value }))}
              />
            </Field>
          ))}
        </div>
      </Disclosure>
    </>
  )
}

const MONO = {
  name: 'fontFamilyMono',
  label: 'Font of code',
  placeholder: 'ui-monospace, Menlo, Consolas, monospace',
} as const

const OWN = 'own'

function Font({ brand, onChange }: ShapeSectionProps) {
  const value = tokenOf(brand, 'fontFamily', 'light')
  const [isOwn, setOwn] = useState(() => !FONT_STACKS.some((stack) => stack.value === value))
  const set = (next: string): void => onChange(withToken(brand, { name: 'fontFamily', scheme: 'light', value: next }))
  const known = FONT_STACKS.some((stack) => stack.value === value)
  return (
    <>
      <Field label="Font">
        <Select
          options={[...FONT_STACKS, { value: OWN, label: 'Your own' }]}
          value={isOwn || !known ? OWN : value}
          onValueChange={(next) => {
            setOwn(next === OWN)
            if (next !== OWN) set(next)
          }}
        />
      </Field>
      {(isOwn || !known) && (
        <Field
          label="Your own font"
          help="A CSS list. Embedded in your pages, the widget can use fonts that they load; frames use what the computer has."
        >
          <Input
            isMono
            placeholder='"Brand Sans", sans-serif'
            value={value}
            onChange={(event) => set(event.target.value)}
          />
        </Field>
      )}
    </>
  )
}

interface RadiusProps extends ShapeSectionProps {
  readonly name: 'radiusControl' | 'radiusCard'
  readonly label: string
  /** In pixels. */
  readonly built: number
}

const MAX_RADIUS = 28

function Radius({ name, label, built, brand, onChange }: RadiusProps) {
  const value = tokenOf(brand, name, 'light')
  const pixels = Number.parseFloat(value)
  const shown = Number.isFinite(pixels) ? pixels : built
  const set = (next: string): void => onChange(withToken(brand, { name, scheme: 'light', value: next }))
  return (
    <Field label={label}>
      <span className="range-input">
        <input
          type="range"
          min={0}
          max={MAX_RADIUS}
          aria-label={`${label}, in pixels`}
          value={Math.min(shown, MAX_RADIUS)}
          onChange={(event) => set(`${event.target.value}px`)}
        />
        <Input isMono placeholder={`${built}px`} value={value} onChange={(event) => set(event.target.value)} />
      </span>
    </Field>
  )
}
