import type { Appearance } from '@inlay/embed-ui'

interface BrandLogoProps {
  readonly logo: string | null
  readonly logoDark: string | null
  readonly alt: string
  /** Of the page around. @default that of the operating system */
  readonly colorScheme?: Appearance['colorScheme'] | undefined
}

/** A logo, in the form that fits the page's scheme; nothing without one. */
export function BrandLogo({ logo, logoDark, alt, colorScheme = 'auto' }: BrandLogoProps) {
  const image = colorScheme === 'dark' ? (logoDark ?? logo) : (logo ?? logoDark)
  if (image === null) return null
  return (
    <picture className="brand-logo">
      {logoDark !== null && colorScheme !== 'light' && colorScheme !== 'dark' && (
        <source srcSet={logoDark} media="(prefers-color-scheme: dark)" />
      )}
      <img src={image} alt={alt} />
    </picture>
  )
}
