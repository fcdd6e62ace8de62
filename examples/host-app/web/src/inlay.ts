/** Asks our own backend for a token; the builder calls this whenever it needs one. */
export async function getToken(): Promise<string> {
  const response = await fetch('/api/inlay-token', { method: 'POST' })
  if (!response.ok) throw new Error(`Larkfield could not sign a token (${response.status}).`)
  return response.text()
}

/** Larkfield's look: the same colours and shapes as the rest of the product. */
export const appearance = {
  colorScheme: 'light',
  tokens: {
    colorPrimary: '#1e6b52',
    colorFocus: '#1e6b52',
    colorEdgeActive: '#1e6b52',
    colorNodeAction: '#1e6b52',
    colorNodeTrigger: '#8a4b2f',
    colorNodeLogic: '#7a5a12',
    colorSelection: '#dcefe7',
    colorBackground: '#fffdf9',
    colorSurface: '#f8f4ec',
    colorSurfaceRaised: '#fffefb',
    colorCanvas: '#f6f1e7',
    colorText: '#24221c',
    colorTextMuted: '#645f52',
    colorBorder: '#e9e2d3',
    colorBorderStrong: '#d3c9b4',
    radiusControl: '9px',
    radiusCard: '14px',
    fontFamily: '"Avenir Next", Avenir, "Segoe UI", "Noto Sans", sans-serif',
  },
} as const
