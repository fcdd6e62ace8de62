/** Semantic versions (semver.org 2.0.0) in the order that they say. */

/**
 * Compares two versions by precedence: negative when `a` is older. Build metadata does not count, and what is no
 * version is older than all that are.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  const release = compareParts(left.release, right.release)
  return release === 0 ? comparePrereleases(left.prerelease, right.prerelease) : release
}

/** Whether a version is one to try, such as `2.0.0-beta.1`: it is taken only by who asks for it. */
export function isPrerelease(version: string): boolean {
  return (parseVersion(version)?.prerelease.length ?? 0) > 0
}

/** The newest of some versions; prereleases count only when there is nothing else. */
export function newestVersion(versions: readonly string[]): string | undefined {
  const released = versions.filter((version) => !isPrerelease(version))
  return (released.length === 0 ? versions : released).toSorted(compareVersions).at(-1)
}

type Part = string | number

interface Version {
  readonly release: readonly number[]
  readonly prerelease: readonly Part[]
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const [, major = '', minor = '', patch = '', prerelease] = match
  return {
    release: [Number(major), Number(minor), Number(patch)],
    prerelease: prerelease === undefined ? [] : prerelease.split('.').map(toPart),
  }
}

function toPart(text: string): Part {
  return /^\d+$/.test(text) ? Number(text) : text
}

/** A release comes after all of its prereleases. */
function comparePrereleases(a: readonly Part[], b: readonly Part[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0)
  return compareParts(a, b)
}

/** Part by part; who has more parts comes later. */
function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = comparePart(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Numbers by value and before texts, which are compared by their ASCII order. */
function comparePart(a: Part, b: Part): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}
