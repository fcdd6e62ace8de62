/** The part of Node.js's `WebAssembly` that the sandbox uses: its types come with those of browsers only. */
declare namespace WebAssembly {
  class Module {}
  class RuntimeError extends Error {}
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
