/** Which rows the database is asked for on a respondent's way: each statement has to lead to one case, for whoever spreads cases over several machines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

interface Statement {
  tables: string[]
  /** Columns that have to be equal to something. */
  keys: string[]
  text: string
}

/** Tables that every machine would have whole, since all cases need them and they hardly change. */
const everywhere = ['studies', 'settings', 'mail_texts']
/** Columns that say which case: by themselves, or by the row that they name. */
const ofOneCase = ['id', 'case_id', 'participant_id', 'assignment_id', 'response_id', 'about_id', 'token_hash']
/** Tables that would be spread by a key of their own: what comes before anybody knows the case. */
const ownKeys: Record<string, string[]> = { devices: ['id', 'mark_hash'], tries: ['key'] }
/** What every machine would have to be asked, and why that is no harm. */
const ofAll = [
  // What is over is thrown away by whoever comes by; each machine could do so for itself.
  /^delete from "(sessions|devices|tries)" where "\1"\."expires_at" <= \$1$/,
  // Once a visit, when somebody leaves a device on which several people may have answered.
  /^delete from "sessions" where "sessions"\."device_id" = \$1$/,
]

/** The statements that are sent to the part `study` while `work` runs. */
async function statementsOf(work: () => Promise<void>): Promise<Statement[]> {
  const seen = new Map<string, Statement>()
  const { query } = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  Object.assign(pg.Client.prototype, {
    query(this: { connectionParameters: { application_name?: string } }, ...args: unknown[]) {
      const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text
      if (this.connectionParameters.application_name === 'nameting study' && /^(select|insert|update|delete)\b/i.test(text))
        seen.set(text, parse(text))
      return query.apply(this, args)
    },
  })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query })
  }
  return [...seen.values()]
}

const parse = (text: string): Statement => ({
  text,
  tables: [...new Set([...text.matchAll(/\b(?:from|join|update|into) "(\w+)"/g)].map(([, name = '']) => name))],
  keys: /^insert/.test(text)
    ? [...(/\(([^)]*)\) values/.exec(text)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(([, name = '']) => name)
    : [...text.matchAll(/"(\w+)" (?:= \$|in \(\$)/g)].map(([, name = '']) => name),
})

function leadsToOneCase({ tables, keys, text }: Statement): boolean {
  if (ofAll.some((pattern) => pattern.test(text))) return true
  if (tables.every((table) => everywhere.includes(table))) return true
  const [first = ''] = tables
  return keys.some((key) => (ownKeys[first] ?? ofOneCase).includes(key))
}

test("every statement on a respondent's way leads to one case", async (t) => {
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
    await respondent.request('POST', '/api/packet/leave')
  })
  assert.ok(statements.length > 25, `only ${statements.length} statements were seen`)
  for (const { tables, keys } of statements) t.diagnostic(`${tables.join(', ')} by ${keys.join(', ')}`)
  assert.deepEqual(
    statements.filter((statement) => !leadsToOneCase(statement)).map(({ text }) => text),
    [],
  )
})
