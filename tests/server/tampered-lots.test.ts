/** Databases of a study that draws lots, changed behind the back of the commands: in copies of the data folder, in words of SQLite. */
import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import Database from 'better-sqlite3'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { entryOf, header, line, startTrial, type Trial } from './trial-study.ts'

describe('whatever is changed about lots behind the back of the commands is found', () => {
  const usual = "(SELECT case_id FROM allocations WHERE arm = 'usual' ORDER BY position LIMIT 1)"
  const tampered: [what: string, file: 'study' | 'identity', sql: string, message: RegExp][] = [
    [
      'another arm in the log',
      'study',
      "UPDATE allocations SET arm = 'conference' WHERE arm = 'usual'",
      /is not what the sequence has there/,
    ],
    [
      'another arm in log, case and events',
      'study',
      `UPDATE cases SET arm = 'conference' WHERE id = ${usual};
       UPDATE events SET detail = json_set(detail, '$.arm', 'conference') WHERE kind = 'allocated' AND case_id = ${usual};
       UPDATE allocations SET arm = 'conference' WHERE case_id = ${usual}`,
      /: conference is not what the sequence has there/,
    ],
    [
      'another arm of the case',
      'study',
      `UPDATE cases SET arm = 'conference' WHERE id = ${usual}`,
      /A-\d is in conference, and its lot was usual\./,
    ],
    [
      'a lot that was taken out',
      'study',
      'DELETE FROM allocations WHERE position = 2',
      /Position 2 of region=oost is not in the log, and 3 is\.\n[\s\S]*was drawn and is not in the log\.\nA-\d is in \w+ without a lot/,
    ],
    [
      'the last lot taken out',
      'study',
      'DELETE FROM allocations WHERE position = 8',
      /Position 8 of region=oost was drawn and is not in the log/,
    ],
    [
      'two cases that changed places',
      'study',
      `UPDATE allocations SET case_id = 'x' WHERE position = 1;
       UPDATE allocations SET case_id = (SELECT id FROM cases WHERE code = 'A-1') WHERE position = 2;
       UPDATE allocations SET case_id = (SELECT id FROM cases WHERE code = 'A-2') WHERE position = 1`,
      /Position 1 of region=oost, A-2: the log of events does not say/,
    ],
    [
      'another commitment',
      'study',
      "UPDATE studies SET allocation_commitment = 'ab'",
      /The seed is not the one with which the study was opened: its sha256 is [0-9a-f]{64}, not ab\./,
    ],
    ['a seed that is gone', 'identity', 'DELETE FROM allocation_seeds', /The seed is not in the data folder/],
    [
      'a seed that was changed',
      'identity',
      'UPDATE allocation_seeds SET sealed = zeroblob(80)',
      /What is sealed for the lots of s1 cannot be opened/,
    ],
  ]
  for (const [what, file, sql, message] of tampered)
    test(what, async (t) => {
      const { folder, environment } = trial
      const copy = join(temporaryFolder(t), 'data')
      cpSync(join(folder, 'data'), copy, { recursive: true })
      const database = new Database(join(copy, `${file}.sqlite`))
      database.pragma('foreign_keys = OFF')
      database.exec(sql)
      assert.ok(database.prepare('SELECT total_changes() AS n').pluck().get())
      database.close()
      const own = { ...environment, DATA_DIR: copy }
      const { code, stderr } = await nameting(own, 'study', 'lots', '--study', 's1')
      assert.equal(code, 1)
      assert.match(stderr, message)
      const json = await nameting(own, 'study', 'lots', '--study', 's1', '--json')
      if (!what.startsWith('a seed that was changed')) assert.equal(JSON.parse(json.stdout).verified, false)
      assert.equal(json.code, 1)
      if (file === 'identity' || what === 'another commitment') {
        const path = join(temporaryFolder(t), 'one.csv')
        writeFileSync(path, [header, line('B-1')].join('\n'))
        const refused = await nameting(own, 'import', '--study', 's1', path)
        assert.equal(refused.code, 1)
        assert.match(refused.stderr, /lots of s1/)
        assert.doesNotMatch(refused.stdout + refused.stderr, /conference|usual/)
      }
    })

  test('untouched there is nothing to find', async () => {
    const { environment } = trial
    assert.equal((await nameting(environment, 'study', 'lots', '--study', 's1')).code, 0)
  })

  const hooks: (() => unknown)[] = []
  let trial: Trial
  before(async () => {
    trial = await startTrial({ after: (hook) => hooks.push(hook) })
    await trial.register(...Array.from({ length: 8 }, (_, index) => entryOf(`A-${index + 1}`)))
  })
  after(async () => {
    for (const hook of hooks.toReversed()) await hook()
  })
})
