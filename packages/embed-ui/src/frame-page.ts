export { type FramePage, startFramePage } from './host/frame-page.js'
