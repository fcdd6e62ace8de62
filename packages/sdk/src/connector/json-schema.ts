export { fromJsonSchema } from '@inlay/engine'
