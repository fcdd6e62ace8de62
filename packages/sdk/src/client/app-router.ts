/** The API's type. Packing puts it here itself, in place of the reference: `build/inline-router-types.ts`. */
export type { AppRouter } from '@inlay/platform/api'
