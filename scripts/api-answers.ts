/**
 * Writes server/routes/desk/described.json: of each route of the desk what docs/http.md says about it, and what it answers as JSON
 * Schema, read from the types that the compiler finds for it. Nobody writes down a second time what a route answers. `npm run docs:api`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { API, isNumberLiteralType, isStringLiteralType, isUnionType, type Type, type TypeReference } from 'typescript/unstable/sync'
import { type Schema, schemaOf, typeOf } from './schema-of-type.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const api = new API({ cwd: root })
const project = api.updateSnapshot({ openProject: `${root}tsconfig.json` }).getProject(`${root}tsconfig.json`)
if (!project) throw new Error('There is no tsconfig.json here.')
const { checker, program } = project

const answers: Record<string, Record<string, Schema>> = {}
for (const part of partsOf(routesOfDesk()))
  for (const place of checker.getPropertiesOfType(part))
    for (const method of checker.getPropertiesOfType(typeOf(checker, place)))
      for (const endpoint of partsOf(typeOf(checker, method))) {
        const output = memberOf(endpoint, 'output')
        if (!output || literalOf(memberOf(endpoint, 'outputFormat')) !== 'json') continue
        // Without a status of its own an answer has any of those with a body, which is 200.
        const status = String(literalOf(memberOf(endpoint, 'status')) ?? 200)
        const route = `${method.name.slice(1).toUpperCase()} /api/desk${place.name === '/' ? '' : place.name}`
        answers[route] = { ...answers[route], [status]: schemaOf(checker, output, []) }
      }
api.close()

const described = rowsOfDocs().map(({ route, says, refuses }) => [route, { says, refuses, answers: answers[route] ?? {} }])
const lines = described.map(([route, about]) => `${JSON.stringify(route)}: ${JSON.stringify(about)}`)
writeFileSync(`${root}server/routes/desk/described.json`, `{\n${lines.join(',\n')}\n}\n`)

/** What docs/http.md says of routes of the desk: in words, without markup, and the codes of refusals. */
function rowsOfDocs() {
  const [, table = ''] = readFileSync(`${root}docs/http.md`, 'utf8').split('\n## For staff: API\n')
  return [...table.matchAll(/^\| `([A-Z]+ \/api\/desk[^`]*)` \| (.*?) \| ?(.*?) ?\|$/gm)]
    .map(([, route = '', says = '', refuses = '']) => ({
      route,
      says: (route.includes('/preview/') ? says.replace(/^the same\b/, `tries out ${route.replace('/preview', '')}: the same`) : says)
        .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
        .replaceAll('`', ''),
      refuses: [...refuses.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code),
    }))
    .toSorted((a, b) => (a.route < b.route ? -1 : 1))
}

/** The second argument of Hono<Env, Routes>: places, in each its methods, in each what goes in and out. */
function routesOfDesk(): Type {
  const file = program.getSourceFile(`${root}server/routes/desk/desk.ts`)
  const module = file && checker.getSymbolAtLocation(file)
  const exported = module && checker.getExportsOfModule(module).find(({ name }) => name === 'DeskRoutes')
  const [, routes] = exported ? checker.getTypeArguments(checker.getDeclaredTypeOfSymbol(exported) as TypeReference) : []
  if (!routes) throw new Error('server/routes/desk/desk.ts exports no DeskRoutes.')
  return routes
}

function partsOf(type: Type): readonly Type[] {
  return isUnionType(type) ? type.getTypes() : [type]
}

function memberOf(type: Type, name: string): Type | undefined {
  const symbol = checker.getPropertyOfType(type, name)
  return symbol && typeOf(checker, symbol)
}

function literalOf(type: Type | undefined): string | number | undefined {
  return type && (isStringLiteralType(type) || isNumberLiteralType(type)) ? type.value : undefined
}
