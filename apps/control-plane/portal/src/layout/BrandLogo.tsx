interface BrandLogoProps {
  readonly logo: string | null
  readonly logoDark: string | null
  readonly alt: string
}

/** A logo, in the form that fits the page's scheme; nothing without one. */
export function BrandLogo({ logo, logoDark, alt }: BrandLogoProps) {
  const light = logo ?? logoDark
  if (light === null) return null
  return (
    <picture className="brand-logo">
      {logoDark !== null && <source srcSet={logoDark} media="(prefers-color-scheme: dark)" />}
      <img src={light} alt={alt} />
    </picture>
  )
}
