/** Which rows the database is asked for on a respondent's way: each statement has to lead to one case, for whoever spreads cases over several machines. */
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { is } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { readPage, repository, section, spansIn, tableRows } from '../docs/pages.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { parse, type Statement, statementsOf } from './statements.ts'

const text = section(readPage('docs/scale.md'), 'A distributed database')
/** What docs/scale.md says: the column that a table is spread by (`whole`: each node has it, `one`: one node has it), by its name. */
const spread = new Map(tableRows(text).flatMap(([by = '', , tables = '']) => spansIn(tables).map((name) => [name, by.replaceAll('`', '')])))
const documented = tableRows(text).flatMap(([, , tables = '']) => spansIn(tables))

/** Of each table its columns, those that make a row the only one, and the tables that columns refer to. */
const schema = new Map(
  (
    await Promise.all(
      globSync('server/db/{study,identity}-schema/*.ts', { cwd: repository }).map((file) => import(`${repository}/${file}`)),
    )
  )
    .flatMap((module: object) => Object.values(module).filter((value) => is(value, PgTable)))
    .map((table) => {
      const { name, columns, foreignKeys } = getTableConfig(table)
      const refers = foreignKeys.map((key) => key.reference()).map((to) => [nameOf(to.columns[0]), getTableConfig(to.foreignTable).name])
      return [
        name,
        {
          columns: columns.map(nameOf),
          unique: columns.filter(({ primary, isUnique }) => primary || isUnique).map(nameOf),
          refers: new Map(refers as [string, string][]),
        },
      ]
    }),
)

function nameOf(column: { name: string } | undefined): string {
  return toSnakeCase(column?.name ?? '')
}

const isSpread = (table: string): boolean => !['whole', 'one'].includes(spread.get(table) ?? 'one')

/** Whether a column says which node: the one that its table is spread by, one that names a single row, or one that names a row of a spread table. */
function leads(qualified: string): boolean {
  const [table = '', column = ''] = qualified.split('.')
  const { unique = [], refers } = schema.get(table) ?? {}
  return isSpread(table) && (spread.get(table) === column || unique.includes(column) || isSpread(refers?.get(column) ?? ''))
}

/** What every node would have to be asked, and why that is no harm. */
const ofAll = [
  // What is over is thrown away by whoever comes by; each node could do so for itself.
  /^delete from "(sessions|devices|tries)" where "\1"\."expires_at" <= \$1$/,
  // Once a visit, when somebody leaves a device on which several people may have answered.
  /^delete from "sessions" where "sessions"\."device_id" = \$1$/,
]

function isOfOneNode({ tables, given, joined, text }: Statement): boolean {
  if (ofAll.some((pattern) => pattern.test(text))) return true
  const ofCases = tables.filter((table) => spread.get(table) !== 'whole')
  const reached = new Set(ofCases.filter((table) => given.some((column) => column.startsWith(`${table}.`) && leads(column))))
  // From there on by columns that lead on.
  for (let before = -1; before < reached.size; ) {
    before = reached.size
    for (const [a, b] of joined)
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const)
        if (reached.has(from.replace(/\..*/, '')) && leads(from) && leads(to)) reached.add(to.replace(/\..*/, ''))
  }
  return ofCases.every((table) => reached.has(table))
}

test('docs/scale.md says of each table once what it is spread by, and every such column is there and leads to the case', () => {
  assert.deepEqual(documented.toSorted(), [...schema.keys()].toSorted())
  for (const [table, by] of spread) {
    if (!isSpread(table)) continue
    const { columns = [], refers } = schema.get(table) ?? {}
    assert.ok(columns.includes(by), `${table} has no ${by}`)
    const to = refers?.get(by)
    // What is before any case has a key of its own.
    if (to === undefined)
      assert.ok(['cases', 'devices', 'tries', 'people', 'name_parts'].includes(table), `${table}: ${by} refers to nothing`)
    else assert.ok(isSpread(to), `${table}: ${to} is not spread`)
  }
})

test('a statement that leads to no case, or from one to others, is noticed', () => {
  for (const text of [
    'select "id" from "assignments" where "assignments"."state" = $1',
    'select "id" from "assignments" where "assignments"."study_id" = $1',
    'update "messages" set "state" = $1 where "messages"."wave" = $2',
    'select "id" from "cases" left join "assignments" on "assignments"."study_id" = "cases"."study_id" where "cases"."id" = $1',
    'select "id" from "week_counts" where "week_counts"."key" = $1',
  ])
    assert.equal(isOfOneNode(parse(text)), false, text)
  assert.equal(isOfOneNode(parse('select "id" from "assignments" where "assignments"."participant_id" = $1')), true)
})

test("every statement on a respondent's way leads to one case, and is of the tables that docs/scale.md lists", async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'), family('A-002'))
  await server.tick()
  const link = server.mail.linkTo(address('parent', 'A-001'))
  const instruments = server.context.definitions.instruments.all()
  const statements = await statementsOf(async () => {
    const respondent = new Respondent(server.origin)
    await respondent.open(link)
    await respondent.consent()
    const { assignments } = await respondent.packet()
    for (const { id, title } of assignments) {
      const instrument = instruments.find(({ survey }) => survey.title.nl === title.nl)
      assert.ok(instrument)
      await respondent.request('GET', `/api/assignments/${id}`)
      await respondent.request('PUT', `/api/assignments/${id}/draft`, { revision: 0, answers: {}, page: null })
      assert.equal((await respondent.submit(id, answersTo(instrument))).status, 200)
    }
    await respondent.packet()
    assert.equal((await respondent.request('PUT', '/api/packet/language', { language: 'en' })).status, 200)
    assert.equal((await respondent.request('PUT', '/api/packet/reminders', { wanted: false })).status, 200)
    await respondent.request('POST', '/api/packet/leave')
  })
  assert.ok(statements.length > 30, `only ${statements.length} statements were seen`)
  for (const { tables, given } of statements) t.diagnostic(`${tables.join(', ')} by ${given.filter(leads).join(', ')}`)
  assert.deepEqual(
    statements.filter((statement) => !isOfOneNode(statement)).map(({ text }) => text),
    [],
  )
  const seen = new Set(statements.flatMap(({ tables }) => tables))
  const listed = /^Tables on that way: (.*?)\.$/m.exec(text)?.[1] ?? ''
  assert.deepEqual(spansIn(listed).toSorted(), [...seen].toSorted())
})
