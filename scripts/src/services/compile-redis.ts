/** Downloads and compiles Redis into `REDISMS_DOWNLOAD_DIR`, and sees it run. */
import { RedisMemoryServer } from 'redis-memory-server'

const server = await RedisMemoryServer.create({ autoStart: true })
await server.stop()
