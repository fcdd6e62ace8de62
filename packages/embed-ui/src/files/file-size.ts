import { useLocale } from '../messages/useTexts.js'

const KILO = 1_000
const MEGA = 1_000_000

/** A size as people of a language write it. @param bytes rounded to a tenth of a megabyte, or up to a kilobyte */
export function formatFileSize(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < KILO
      ? [bytes, 'byte']
      : bytes < MEGA
        ? [Math.ceil(bytes / KILO), 'kilobyte']
        : [Math.floor(bytes / (MEGA / 10)) / 10, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit) }).format(Number(value))
}

/** Sizes in the language of the widget. @returns a function of bytes */
export function useFileSize(): (bytes: number) => string {
  const locale = useLocale()
  return (bytes) => formatFileSize(bytes, locale)
}
