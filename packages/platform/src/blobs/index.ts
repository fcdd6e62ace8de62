export { openBlobStore } from './open-blob-store.js'
