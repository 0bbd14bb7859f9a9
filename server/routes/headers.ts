/** What every answer carries: the strictest policy that our own pages can live with. */
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const ofEverything = (secure: boolean) => ({
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: secure ? 'max-age=63072000; includeSubDomains' : false,
  // For browsers of long ago, or for plug-ins that are gone: only weight on a slow network.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // A page that needs a policy of its own, stricter in another way, sets it itself.
  overwrite: false,
})

const ofPages = (secure: boolean) =>
  secureHeaders({
    ...ofEverything(secure),
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
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  })

/** Data are no page: nothing may be done with them, in few words, for whoever saves after each answer on a slow network. */
const ofData = (secure: boolean) =>
  secureHeaders({
    ...ofEverything(secure),
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    xFrameOptions: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })

export function headers(secure: boolean) {
  const [forPages, forData] = [ofPages(secure), ofData(secure)]
  return createMiddleware((request, next) => (request.req.path.startsWith('/api/') ? forData : forPages)(request, next))
}

/** Nothing that a person sees here may stay in a shared cache or behind the back button; assets say so for themselves. */
export const notStored = createMiddleware(async (request, next) => {
  await next()
  if (!request.res.headers.has('Cache-Control')) request.res.headers.set('Cache-Control', 'no-store')
})
