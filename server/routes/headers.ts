/** What every answer carries: the strictest policy that our own pages can live with. */
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

export const headers = (secure: boolean) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: secure ? 'max-age=63072000; includeSubDomains' : false,
    // A page that needs a policy of its own, stricter in another way, sets it itself.
    overwrite: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  })

/** Nothing that a person sees here may stay in a shared cache or behind the back button; assets say so for themselves. */
export const notStored = createMiddleware(async (request, next) => {
  await next()
  if (!request.res.headers.has('Cache-Control')) request.res.headers.set('Cache-Control', 'no-store')
})

/** Data are no page: nothing may be done with them, in fewer words, for whoever saves after each answer on a slow network. */
export const dataPolicy = createMiddleware(async (request, next) => {
  if (request.req.path.startsWith('/api/')) {
    request.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    request.header('Permissions-Policy', 'camera=()')
  }
  await next()
})
