import { type DataPath, pathSource } from '../expressions/template.js'

/** The same field of every item of the innermost list on the way; undefined when there is none. */
export function everySource(path: DataPath): string | undefined {
  const at = path.findLastIndex((part) => typeof part === 'number')
  if (at < 1 || at === path.length - 1) return undefined
  const [root, ...rest] = path
  const list = pathSource([root, ...rest.slice(0, at - 1)])
  return `${list}.map((each) => ${pathSource(['each', ...rest.slice(at)])})`
}
