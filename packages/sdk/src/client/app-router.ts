/** The API's type. `build/inline-router-types.ts` puts it into the package itself, instead of this reference to one that is never published. */
export type { AppRouter } from '@inlay/platform/api'
