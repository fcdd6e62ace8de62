// Only for bundling: brings the layer and React Flow's rules into the one file of styles, before those of components.
import './theme/styles.css'
import './index.js'
