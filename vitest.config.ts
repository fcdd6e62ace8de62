import { defineConfig } from 'vitest/config'

/**
 * Tests read our packages from source: no build is needed before a unit test. `import` must not be named here: Node gets
 * these too, and a CommonJS package that requires another one would then be given its ES module.
 */
const conditions = ['inlay-source', 'module', 'node']
