export { type AuthorizationServer, startAuthorizationServer, type TestClient } from './authorization-server.js'
export { TestBrowser } from './browser.js'
export { sendHere } from './send-here.js'
