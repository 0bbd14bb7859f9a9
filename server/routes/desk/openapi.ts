/** The routes of the desk, described for other software and for whoever writes it. They tell of no study, and are for anyone. */
import { Hono } from 'hono'
import { apiPage, apiStyles } from '../../pages/api.ts'
import { apiDocument, type Route } from './api-document.ts'

/** The page has styles of our own, and nothing else that would run or load. */
const pagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `desk`: the routes as they are below /api/desk. */
export function openApiRoutes(desk: { routes: Route[] }, baseUrl: string) {
  const routes = desk.routes.map(({ method, path, handler }) => ({ method, path: `/api/desk${path === '/' ? '' : path}`, handler }))
  let drawnUp: ReturnType<typeof apiDocument> | undefined
  const document = () => (drawnUp ??= apiDocument(routes, baseUrl))
  return new Hono()
    .get('/openapi.json', (request) => request.json(document()))
    .get('/docs', (request) => {
      request.header('Content-Security-Policy', pagePolicy)
      return request.html(apiPage(document()))
    })
    .get('/docs.css', (request) => {
      request.header('Content-Type', 'text/css; charset=utf-8')
      return request.body(apiStyles)
    })
}
