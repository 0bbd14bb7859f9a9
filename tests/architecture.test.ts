/** The directions of the house: what biome.json cannot say, and that its rules really fire. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { posix } from 'node:path/posix'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './harness/data-folder.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))
const sourcesIn = (...patterns: string[]): string[] =>
  globSync(patterns, { cwd: repository })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => path.replaceAll('\\', '/'))
const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

interface Import {
  /** A path in the repository, or the name of a package. */
  to: string
  typesOnly: boolean
  /** Fetched when it is needed. */
  isLater: boolean
}

function importsOf(path: string): Import[] {
  const statements = read(path).matchAll(
    /^(?:import|export) (type )?([^'"=;()]*?)\s?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...statements].map(([, type, names = '', from, bare, dynamic]) => {
    const to = from ?? bare ?? dynamic ?? ''
    const each = names.replace(/[{}]/g, '').split(',')
    const typesOnly = type !== undefined || (names.startsWith('{') && each.every((name) => /^\s*(type .*)?$/.test(name)))
    return { to: to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), to)) : to, typesOnly, isLater: dynamic !== undefined }
  })
}

/** The way by which each module is reached from `entry` at run time, itself and packages included; `atOnce`: not what comes later. */
function waysFrom(entry: string, { atOnce = false } = {}): Map<string, string[]> {
  const ways = new Map([[entry, [entry]]])
  for (const [path, way] of ways)
    if (path.endsWith('.ts') || path.endsWith('.tsx'))
      for (const { to, typesOnly, isLater } of importsOf(path))
        if (!typesOnly && !(atOnce && isLater) && !ways.has(to)) ways.set(to, [...way, to])
  return ways
}

test('the pages take nothing from the server but types: what runs there never reaches a browser', () => {
  for (const path of sourcesIn('client/**/*'))
    for (const { to, typesOnly } of importsOf(path))
      assert.ok(typesOnly || !to.startsWith('server/'), `${path} imports ${to}: write \`import type\`, or ask the server over HTTP`)
})

test("a respondent's page never loads the desk, a norm table, a protocol or anything of the server, by whatever way", () => {
  const ways = waysFrom('client/respond/main.tsx')
  assert.ok(ways.has('survey-core') && ways.size > 50, 'the walk did not get far')
  for (const [path, way] of ways)
    assert.doesNotMatch(path, /^(client\/desk|norms|protocols|server)\//, `its answers are for the researchers: ${way.join(' > ')}`)
})

test('the desk never loads the page of respondents or anything of the server, and the lists only where they are shown', () => {
  for (const [path, way] of waysFrom('client/desk/main.tsx')) assert.doesNotMatch(path, /^(client\/respond|server)\//, way.join(' > '))
  // zod makes functions out of texts, which the policy of the page blocks and reports.
  for (const [path, way] of waysFrom('client/desk/main.tsx')) assert.notEqual(path, 'zod', way.join(' > '))
  for (const [path, way] of waysFrom('client/desk/main.tsx', { atOnce: true }))
    assert.doesNotMatch(path, /^client\/survey\/|^survey-core$/, `most pages need no list: import() it. ${way.join(' > ')}`)
})

/** Code without comments. */
const code = (path: string): string => read(path).replace(/\/\*[\s\S]*?\*\/|\/\/ .*/g, '')

const impure = /\b(Date\.now|new Date\(\)|Temporal\.Now|Math\.random|process\.|fetch\(|setTimeout)/

test('instruments, norms, protocols and statistics are pure: no clock, no randomness, no settings, no network', () => {
  for (const path of sourcesIn('{instruments,norms,protocols,server/report/statistics}/**/*.ts'))
    assert.equal(
      impure.exec(code(path))?.[0],
      undefined,
      `${path}: take it as an argument, so that the same input always gives the same output`,
    )
})

test('only server/clock.ts says what time it is: all else can be tested and demonstrated at any moment', () => {
  for (const path of sourcesIn('server/**/*.ts').filter((name) => name !== 'server/clock.ts'))
    assert.equal(/Date\.now|new Date\(\)|Temporal\.Now/.exec(code(path))?.[0], undefined, `${path}: ask the clock that is handed over`)
})

/** An import that must be refused, and a word of the reason that is given. */
const forbidden: [path: string, specifier: string, reason: string][] = [
  ['instruments/probe.ts', '../norms/schema.ts', 'below everything'],
  ['instruments/probe.ts', '../protocols/schema.ts', 'below everything'],
  ['instruments/fhir/probe.ts', '../../server/clock.ts', 'below everything'],
  ['instruments/probe.ts', 'node:fs', 'pure'],
  ['norms/probe.ts', '../protocols/schema.ts', 'same in every study'],
  ['norms/probe.ts', 'node:fs/promises', 'pure'],
  ['protocols/probe.ts', '../server/clock.ts', 'a value'],
  ['protocols/probe.ts', '../client/ui/words.ts', 'a value'],
  ['protocols/probe.ts', 'node:crypto', 'pure'],
  ['server/db/probe.ts', '../queries/cases.ts', 'below everything'],
  ['server/queries/probe.ts', '../workflow/packet.ts', 'knows rows'],
  ['server/queries/probe.ts', '../routes/site.ts', 'knows rows'],
  ['server/definitions/probe.ts', '../queries/cases.ts', 'know values'],
  ['server/mail/probe.ts', '../workflow/packet.ts', 'know values'],
  ['server/backup/probe.ts', '../db/snapshot.ts', 'know values'],
  ['server/scoring/probe.ts', 'drizzle-orm', 'speak SQL'],
  ['server/export/probe.ts', 'drizzle-orm/sqlite-core', 'speak SQL'],
  ['server/export/probe.ts', '../workflow/packet.ts', 'as it is recorded'],
  ['server/workflow/probe.ts', 'better-sqlite3', 'speak SQL'],
  ['server/workflow/probe.ts', '../routes/site.ts', 'never the other way'],
  ['server/workflow/probe.ts', '../commands/tick.ts', 'never the other way'],
  ['server/routes/probe.ts', '../queries/cases.ts', 'translate HTTP'],
  ['server/routes/probe.ts', '../db/open.ts', 'translate HTTP'],
  ['server/routes/probe.ts', 'drizzle-orm', 'speak SQL'],
  ['server/commands/probe.ts', '../queries/cases.ts', 'front door'],
  ['server/commands/probe.ts', '../routes/site.ts', 'front door'],
  ['server/demo/probe.ts', '../routes/site.ts', 'lives through the workflows'],
  ['server/probe.ts', './queries/cases.ts', 'Queries are for'],
  ['server/probe.ts', 'drizzle-orm', 'speak SQL'],
  ['server/routes/probe.ts', '../../client/ui/words.ts', 'never imports'],
  ['client/ui/probe.ts', '../respond/route.ts', 'both sites'],
  ['client/ui/probe.ts', '../../server/context.ts', 'both sites'],
  ['client/survey/probe.ts', '../desk/api.ts', 'knows no site'],
  ['client/survey/probe.ts', '../../norms/bands.ts', 'knows no site'],
  ['client/figures/probe.ts', '../desk/api.ts', 'knows no site'],
  ['client/respond/probe.ts', '../desk/api.ts', 'never loads the desk'],
  ['client/respond/probe.ts', '../../norms/bands.ts', 'never loads the desk'],
  ['client/desk/probe.ts', '../respond/route.ts', 'share'],
  ['client/desk/probe.ts', 'node:fs', 'browser'],
]

test('biome refuses every import against the directions, and says why', (t) => {
  const folder = temporaryFolder(t)
  copyFileSync(join(repository, 'biome.json'), join(folder, 'biome.json'))
  const written = forbidden.map(([path, specifier], index) => {
    const name = path.replace('probe', `probe${index}`)
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `export * from '${specifier}'\n`)
    return name
  })
  writeFileSync(join(folder, 'server', 'settings.ts'), 'export const port = process.env.PORT\n')
  const said = lint(folder)
  for (const [index, [path, specifier, reason]] of forbidden.entries())
    assert.ok(said.get(written[index] ?? '')?.includes(reason), `${path} may import ${specifier}`)
  assert.match(said.get('server/settings.ts') ?? '', /process\.env/)
})

/** What biome has against each file. */
function lint(folder: string): Map<string, string> {
  const biome = join(repository, 'node_modules', '.bin', 'biome')
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none'], { cwd: folder, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { message: string; location: { path: string } }[] }
  return new Map(diagnostics.map(({ message, location }) => [location.path.replaceAll('\\', '/'), message]))
}

test('of the tests that run on PostgreSQL too, one that asks SQLite itself is in a file that says so', () => {
  const both = sourcesIn('tests/{server,slice,mail,export,report}/**/*.test.ts').filter((path) => !path.endsWith('.sqlite.test.ts'))
  assert.ok(both.length > 100)
  for (const path of both) assert.doesNotMatch(read(path), /better-sqlite3|sqlite_master|\bPRAGMA\b/, path)
})
