/**
 * Where the thread of an export begins. JavaScript, so that compiled code is taken from its cache before there is any type to strip: what
 * strips types takes 18 MB for as long as the thread lives.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// The one of fast-start.ts.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/nameting', import.meta.url)))
await import('./export-thread.ts')
