import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { assignmentStates } from '../../server/db/study-schema/assignments.ts'
import { messageStates } from '../../server/db/study-schema/messages.ts'
import { participantStates } from '../../server/db/study-schema/participants.ts'
import { allPages, codeIn, firstWords, readPage, repository, section, tableRows } from './pages.ts'

const page = readPage('docs/database.md')
const tablesOf = (schema: object) => Object.values(schema).flatMap((value) => (is(value, SQLiteTable) ? [getTableConfig(value)] : []))

/** The tables that the files of a folder declare. */
const schemaIn = async (folder: string): Promise<object> => {
  const files = globSync(`server/db/${folder}/*.ts`, { cwd: repository })
  const modules = await Promise.all(files.map((file) => import(`${repository}/${file}`)))
  return Object.assign({}, ...modules)
}

const identity = await schemaIn('identity-schema')
const study = await schemaIn('study-schema')

test('docs/database.md has every table of both files, and no other', () => {
  for (const [file, schema] of [
    ['identity.sqlite', identity],
    ['study.sqlite', study],
  ] as const) {
    const documented = firstWords(tableRows(section(page, file)))
    assert.deepEqual(
      documented.toSorted(),
      tablesOf(schema)
        .map(({ name }) => name)
        .toSorted(),
      file,
    )
  }
})

test('every state stands there, and every pragma that is promised', () => {
  const states = [...assignmentStates, ...messageStates, ...participantStates]
  for (const state of states) assert.ok(section(page, 'States').includes(`\`${state}\``), state)
  const source = readFileSync(`${repository}/server/db/open.ts`, 'utf8')
  const pragmas = /const promises = \{(.*)\}/.exec(source)?.[1]?.match(/\w+(?=:)/g) ?? []
  assert.ok(pragmas.length > 0)
  for (const pragma of pragmas) assert.match(section(page, 'How they write'), new RegExp(`\`${pragma} = \\w+\``))
})

test('no page names a table that does not exist', () => {
  const tables = [...tablesOf(identity), ...tablesOf(study)].map(({ name }) => name)
  const named = allPages().flatMap(({ path, text }) =>
    [...text.matchAll(/\btables? `([a-z_]+)`/g)].map(([, name = '']) => ({ path, name })),
  )
  assert.ok(named.length > 0)
  for (const { path, name } of named) assert.ok(tables.includes(name), `${path}: ${name}`)
})

test('kinds of event are those for which the desk has words', () => {
  const [list = ''] = /^Kinds of event: [\s\S]*?\.$/m.exec(page.text) ?? []
  const documented = [...list.matchAll(/`([a-z ]+)`/g)].map(([, kind = '']) => kind)
  const source = readFileSync(`${repository}/client/desk/texts/events.ts`, 'utf8')
  const known = [...source.matchAll(/^ {2}'?([a-z ]+)'?: 'event/gm)].map(([, kind = '']) => kind)
  assert.deepEqual(documented.toSorted(), [...known, 'message sent'].toSorted())
})

test('no page names an index that does not exist', () => {
  const tables = [...tablesOf(identity), ...tablesOf(study)]
  const indexes = tables.flatMap(({ indexes: own }) => own.map(({ config }) => config.name))
  const columns = tables.flatMap(({ columns: own }) => own.map(({ name }) => name))
  const isIndexName = (code: string): boolean => tables.some(({ name }) => code.startsWith(`${name}_`)) && /^[a-z_]+$/.test(code)
  const named = allPages().flatMap(({ path, text }) => codeIn(text).flatMap((code) => (isIndexName(code) ? [{ path, code }] : [])))
  assert.ok(named.length > 0)
  for (const { path, code } of named)
    assert.ok([...indexes, ...columns, ...tables.map(({ name }) => name)].includes(code), `${path}: ${code}`)
})

/** What participants may ask for: their responses and scores go, in one file. Their consents and events do not. */
const isErasure = (path: string, call: string): boolean =>
  path === 'server/queries/erasure.ts' &&
  ['.delete(responses)', '.delete(scores)', '.delete(queryNotes)', '.delete(valueChanges)', '.delete(contactAttempts)'].includes(call)

/** Values that staff change: the old ones are added to `value_changes` in the same transaction. */
const isChange = (path: string, call: string): boolean => path === 'server/queries/value-changes.ts' && call === '.update(responses)'

/** What was added by mistake: docs/decisions/0052-added-by-mistake.md. */
const isMistake = (path: string, call: string): boolean =>
  path === 'server/queries/removal.ts' && ['.update(events)', '.delete(consents)'].includes(call)

test('tables of which the page says that they are only added to are never changed or emptied by a query', () => {
  const onlyAddedTo = tableRows(section(page, 'study.sqlite')).flatMap(([name, row]) =>
    row?.includes('Only added to') ? [name?.replaceAll('`', '') ?? ''] : [],
  )
  assert.deepEqual(onlyAddedTo, [
    'consents',
    'responses',
    'scores',
    'query_notes',
    'value_changes',
    'mail_texts',
    'events',
    'notes',
    'contact_attempts',
    'access_log',
  ])
  for (const path of globSync('server/**/*.ts', { cwd: repository })) {
    const source = readFileSync(`${repository}/${path}`, 'utf8')
    for (const [call, table = ''] of source.matchAll(/\.(?:update|delete)\((\w+)\)/g))
      assert.ok(
        !onlyAddedTo.includes(table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)) ||
          isErasure(path, call) ||
          isChange(path, call) ||
          isMistake(path, call),
        `${path} has ${call}`,
      )
  }
})
