declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  // biome-ignore lint/style/noDefaultExport: bundlers give a CSS module as default export
  export default classes
}
declare module '*.css' {}
