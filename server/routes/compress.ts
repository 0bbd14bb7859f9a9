/** Makes pages and answers small for a slow network. What was compressed when it was built passes as it is. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { accepts } from 'hono/accepts'
import { createMiddleware } from 'hono/factory'

const inBrotli = promisify(brotliCompress)
const inGzip = promisify(gzip)

/** Quick enough for whoever waits: a millisecond or two for a list. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }

/** What is smaller fits in one packet of the network anyway. */
const worthIt = 1024

/**
 * For what is read (GET). The length of a compressed answer tells something of its content to whoever can put text of their own
 * into it and watch: nobody can here, for a session never goes along with a request from another site.
 */
export const compress = createMiddleware(async (request, next) => {
  await next()
  const { res } = request
  const isText = /^(text\/(html|javascript)|application\/json)/.test(res.headers.get('Content-Type') ?? '')
  if (request.req.method !== 'GET' || !isText || !res.body || res.headers.has('Content-Encoding')) return
  const encoding = accepts(request, { header: 'Accept-Encoding', supports: ['br', 'gzip'], default: 'identity' })
  const content = Buffer.from(await res.arrayBuffer())
  const isSmall = encoding === 'identity' || content.length < worthIt
  const body = isSmall ? content : encoding === 'br' ? await inBrotli(content, brotliOptions) : await inGzip(content)
  const headers = new Headers(res.headers)
  headers.set('Vary', 'Accept-Encoding')
  headers.delete('Content-Length')
  if (!isSmall) headers.set('Content-Encoding', encoding)
  request.res = undefined
  request.res = new Response(new Uint8Array(body), { status: res.status, headers })
})
