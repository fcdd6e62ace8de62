/** `pnpm sizes`: what the widget weighs on a vendor's page. Ends with 1 when it is heavier than promised. */
import { runCommand } from './failure.js'
import { measureSizes } from './measure-sizes/sizes.js'

runCommand(async () => {
  const sizes = await measureSizes()
  for (const { name, bytes, limit } of sizes) {
    const verdict =
      limit === undefined ? '' : bytes <= limit ? `at most ${kilobytes(limit)}` : `OVER ${kilobytes(limit)}`
    console.log(`${name.padEnd(46)} ${kilobytes(bytes).padStart(9)}  ${verdict}`)
  }
  return sizes.some(({ bytes, limit }) => limit !== undefined && bytes > limit) ? 1 : 0
})

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
