/** Databases of a study that draws lots, changed behind the back of the commands. */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { behind, contentOf } from '../harness/behind.ts'
import { entryOf, header, importing, line, startTrial, type Trial } from './trial-study.ts'

/** With eight lots drawn. */
async function drawn(t: TestContext): Promise<Trial> {
  const trial = await startTrial(t)
  await trial.register(...Array.from({ length: 8 }, (_, index) => entryOf(`A-${index + 1}`)))
  return trial
}

describe('whatever is changed about lots behind the back of the commands is found', () => {
  const usual = "(SELECT case_id FROM allocations WHERE arm = 'usual' ORDER BY position LIMIT 1)"
  const tampered: [what: string, part: 'study' | 'identity', sql: string, message: RegExp][] = [
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
       UPDATE events SET detail = replace(detail, '"usual"', '"conference"') WHERE kind = 'allocated' AND case_id = ${usual};
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
      'UPDATE allocation_seeds SET sealed = substr(sealed, 2)',
      /What is sealed for the lots of s1 cannot be opened/,
    ],
  ]
  for (const [what, part, sql, message] of tampered)
    test(what, async (t) => {
      const trial = await drawn(t)
      const store = trial.context.stores[part]
      const before = contentOf(store)
      const intruder = behind(store)
      intruder.execUnchecked(sql)
      intruder.close()
      assert.notDeepEqual(contentOf(store), before)
      const { code, stderr } = await trial.run('study', 'lots', '--study', 's1')
      assert.equal(code, 1)
      assert.match(stderr, message)
      const json = await trial.run('study', 'lots', '--study', 's1', '--json')
      if (!what.startsWith('a seed that was changed')) assert.equal(JSON.parse(json.stdout).verified, false)
      assert.equal(json.code, 1)
      if (part === 'identity' || what === 'another commitment') {
        const refused = await importing(trial)([header, line('B-1')])
        assert.equal(refused.code, 1)
        assert.match(refused.stderr, /lots of s1/)
        assert.doesNotMatch(refused.stdout + refused.stderr, /conference|usual/)
      }
    })

  test('untouched there is nothing to find', async (t) => {
    const trial = await drawn(t)
    assert.equal((await trial.run('study', 'lots', '--study', 's1')).code, 0)
  })
})
