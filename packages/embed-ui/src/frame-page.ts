export { startFramePage } from './host/frame-page.js'
