/** The accept-only yardstick: an Express route that reads the JSON and answers. */
import { createServer } from 'node:http'
import express from 'express'
import { announce } from './announce.js'

const app = express()
app.use(express.json({ limit: '1mb' }))
app.post('/hook', (_request, response) => {
  response.status(202).json({ id: 'accepted' })
})
announce(createServer(app), '127.0.0.1')
